package org.universalnode.node.deploy;

import java.nio.file.Path;
import java.util.Optional;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.ImageAddress;
import org.universalnode.catalog.ImageType;
import org.universalnode.catalog.archive.ArchiveRequest;
import org.universalnode.catalog.archive.ArchiveStore;
import org.universalnode.compute.ImageSource;

/**
 * The images of functions: fetched and proved by stores, installed by drivers.
 *
 * @param handlers archives of native functions
 * @param folders other archives
 * @param files images that are one file
 */
public record Images(ArchiveStore handlers, ArchiveStore folders, ArchiveStore files) {

  /** What the driver of the template's type calls its image, which is installed now if need be. */
  String install(FunctionTemplate template, Drivers drivers) {
    return drivers.of(template.type().toString()).install(source(template)).orThrow();
  }

  private ImageSource source(FunctionTemplate template) {
    ArchiveRequest request = ArchiveRequest.of(template);
    return switch (template.type()) {
      case NATIVE -> new ImageSource.Folder(handlers.unpack(request));
      case DOCKER -> container(template.image(), request);
      case DPDK, VIRTUAL_MACHINE_KVM, ONOS_APPLICATION, IOMODULE -> folderOrFile(request);
    };
  }

  private ImageSource container(ImageAddress image, ArchiveRequest request) {
    return image.type() == ImageType.DOCKER_REGISTRY
        ? new ImageSource.Registry(image.written(), image.sha256())
        : file(request);
  }

  private ImageSource folderOrFile(ArchiveRequest request) {
    String name = Optional.ofNullable(request.uri().getPath()).orElse("");
    boolean archive = name.endsWith(".tgz") || name.endsWith(".tar.gz");
    return archive ? new ImageSource.Folder(folders.unpack(request)) : file(request);
  }

  private ImageSource file(ArchiveRequest request) {
    Path folder = files.unpack(request);
    return new ImageSource.File(ArchiveStore.fileIn(folder));
  }
}
