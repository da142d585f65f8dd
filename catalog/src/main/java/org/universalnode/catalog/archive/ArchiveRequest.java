package org.universalnode.catalog.archive;

import java.net.URI;
import java.util.Optional;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.FunctionVersion;

/**
 * What a template asks of the store of archives.
 *
 * @param function name of the template
 * @param version of the function
 * @param uri where the archive is: {@code file:}, {@code https:} or {@code http:}
 * @param sha256 what its digest has to be, in lower-case hex; empty if any will do
 */
public record ArchiveRequest(
    String function, FunctionVersion version, URI uri, Optional<String> sha256) {

  public static ArchiveRequest of(FunctionTemplate template) {
    return new ArchiveRequest(
        template.name(),
        template.version(),
        template.image().resolved(),
        template.image().sha256());
  }
}
