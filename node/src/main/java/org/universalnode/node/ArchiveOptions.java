package org.universalnode.node;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.universalnode.catalog.archive.ArchiveLimits;
import org.universalnode.catalog.archive.ArchiveStore;
import org.universalnode.catalog.archive.CacheRoom;
import org.universalnode.catalog.archive.Form;
import org.universalnode.catalog.trust.Trust;
import org.universalnode.catalog.trust.TrustFolders;
import org.universalnode.catalog.trust.UnsignedPolicy;
import org.universalnode.node.deploy.Images;
import org.universalnode.problem.Problem;

/**
 * Which archives of functions a node takes, and how many it keeps.
 *
 * @param publishers folder of the public keys of trusted publishers
 * @param unsigned what to do with archives that nobody signed
 * @param megabytes room for unpacked archives of native functions, in MiB
 * @param imageMegabytes room for images that are one file, and as much for archives with a kernel,
 *     a disk or a program in them, in MiB
 */
public record ArchiveOptions(
    Path publishers, UnsignedPolicy unsigned, int megabytes, int imageMegabytes) {
  private static final int MOST_MEGABYTES = 1 << 20;

  public ArchiveOptions {
    check(megabytes, "archives", "--archive-cache");
    check(imageMegabytes, "images", "--image-cache");
  }

  private static void check(int megabytes, String what, String option) {
    if (megabytes < 1 || megabytes > MOST_MEGABYTES) {
      throw Problem.of(Problem.Code.INVALID_DOCUMENT, megabytes + " MiB is no room for " + what)
          .next("give " + option + " a number from 1 to " + MOST_MEGABYTES)
          .asException();
    }
  }

  /** With the usual room for images. */
  public ArchiveOptions(Path publishers, UnsignedPolicy unsigned, int megabytes) {
    this(publishers, unsigned, megabytes, CacheRoom.DEFAULT_IMAGE_MEGABYTES);
  }

  /** Those of a node that keeps everything in that folder, and is told nothing else. */
  public static ArchiveOptions in(Path state) {
    return new ArchiveOptions(publishers(state), UnsignedPolicy.LOCAL, CacheRoom.DEFAULT_MEGABYTES);
  }

  /** Where the publishers are if nobody says otherwise. */
  static Path publishers(Path state) {
    return state.resolve("publishers");
  }

  /**
   * Opens the stores of a node's images.
   *
   * @param inUse folders of archives that its graphs use
   */
  static Images open(NodeOptions options, Supplier<Set<Path>> inUse) {
    ArchiveOptions archives = options.archives();
    Path accepted = options.state().resolve("accepted");
    TrustFolders folders = new TrustFolders(options.functions(), archives.publishers(), accepted);
    Trust trust = new Trust(folders, archives.unsigned());
    Function<Form, ArchiveStore> store =
        form ->
            new ArchiveStore(
                options.state().resolve(folder(form)),
                new ArchiveStore.Parts(
                    trust,
                    limits(form),
                    CacheRoom.ofMegabytes(archives.megabytes(form), inUse),
                    form));
    return new Images(store.apply(Form.HANDLERS), store.apply(Form.FOLDER), store.apply(Form.FILE));
  }

  private int megabytes(Form form) {
    return switch (form) {
      case HANDLERS -> megabytes;
      case FOLDER, FILE -> imageMegabytes;
    };
  }

  private static String folder(Form form) {
    return switch (form) {
      case HANDLERS -> "archives";
      case FOLDER -> "folders";
      case FILE -> "images";
    };
  }

  private static ArchiveLimits limits(Form form) {
    return switch (form) {
      case HANDLERS -> ArchiveLimits.DEFAULT;
      case FOLDER -> ArchiveLimits.LARGE;
      case FILE -> ArchiveLimits.WHOLE;
    };
  }
}
