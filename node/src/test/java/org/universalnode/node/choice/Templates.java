package org.universalnode.node.choice;

import java.nio.file.Path;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.TemplateReader;

/** Templates for tests. */
final class Templates {
  private Templates() {}

  /**
   * One with ports {@code p} of a technology.
   *
   * @param more members, each with a comma before it
   */
  static FunctionTemplate of(String name, String type, String image, String more) {
    String text =
        """
        {"name":"%s","functional-capability":"cap","vnf-type":"%s","uri-image-type":"%s",
         "uri-image":"%s",
         "ports":[{"position":"0-1","label":"p","min":"1","name":"eth","technology":"usvhost"}]%s}
        """
            .formatted(name, type, image.contains(":") ? "remote-file" : "local-file", image, more);
    return TemplateReader.read(text, Path.of("/srv"));
  }
}
