package org.universalnode.catalog.trust;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * The publishers in a folder of {@code <name>.pub} files, as they were when it was read.
 *
 * @param names the name of each publisher, by the id of its key
 * @param keys by id
 * @param problems what is wrong with files that therefore count for nothing
 */
public record Publishers(
    Map<String, String> names, Map<String, PublisherKey> keys, List<Problem> problems) {
  private static final String SUFFIX = ".pub";
  private static final int MOST = 256;

  public Publishers {
    names = Map.copyOf(names);
    keys = Map.copyOf(keys);
    problems = List.copyOf(problems);
  }

  /** Reads the folder; without one there are no publishers. Of several names the first counts. */
  public static Publishers read(Path folder) {
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, PublisherKey> keys = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Path file : files(folder)) {
      try {
        PublisherKey key = PublisherKey.read(file);
        String name = file.getFileName().toString();
        names.putIfAbsent(key.id(), name.substring(0, name.length() - SUFFIX.length()));
        keys.putIfAbsent(key.id(), key);
      } catch (ProblemException e) {
        problems.addAll(e.problems());
      }
    }
    return new Publishers(names, keys, problems);
  }

  /**
   * The publisher that signed.
   *
   * @throws ProblemException with FORBIDDEN if it is unknown, or did not sign this
   */
  public String signer(SignatureText signature) {
    String id = signature.statement().publisher();
    PublisherKey key =
        Optional.ofNullable(keys.get(id)).orElseThrow(() -> unknown(id).asException());
    String name = names.getOrDefault(id, id);
    if (!signature.isOf(key)) {
      throw TrustProblem.forbidden(
          "its signature is not one of the publisher " + name + ", whose key it names",
          "get archive and signature anew; if it stays so, ask the publisher");
    }
    return name;
  }

  /** What changes when a file of the folder does. */
  static String appearance(Path folder) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (Path file : files(folder)) {
      seen.append(file).append(Files.readAttributes(file, "unix:ino,size,ctime,mode")).append('\n');
    }
    return seen.toString();
  }

  private Problem unknown(String id) {
    Problem problem =
        Problem.of(Code.FORBIDDEN, "its signature is of a publisher that is not trusted: " + id)
            .next("if you trust it, put its public key into the folder of publishers");
    return problems.isEmpty()
        ? problem
        : problem.next("mend the folder of publishers: " + problems.getFirst().detail());
  }

  static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      all.forEach(files::add);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw TrustProblem.file("read " + folder, new IOException(e));
    } catch (IOException e) {
      throw TrustProblem.file("read " + folder, e);
    }
    if (files.size() > MOST) {
      throw Problem.of(Code.LIMIT, folder + " holds " + files.size() + " publishers")
          .next("keep at most " + MOST)
          .asException();
    }
    Collections.sort(files);
    return files;
  }
}
