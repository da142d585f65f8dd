package org.universalnode.bench.classification;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.BpfMap;
import org.universalnode.linux.BpfObject;
import org.universalnode.linux.BpfProgram;

/** Rules that are looked at one after the other, of which only the last one matches. */
final class RuleList implements AutoCloseable {
  private static final String PROGRAM = "list";
  private static final int MOST_RULES = 1024;
  private static final BpfMap.Shape SHAPE = new BpfMap.Shape(4, 4 + MOST_RULES * 8);

  private final Path folder;
  private final BpfProgram program;

  /**
   * Loads it.
   *
   * @param name of a folder for it, not in use
   */
  RuleList(String name, int rules) {
    BpfFilesystem.ensureMounted();
    folder = BpfFilesystem.ROOT.resolve(name);
    try {
      Files.createDirectory(folder);
      program = loaded(rules);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      removePins();
      throw e;
    }
  }

  private BpfProgram loaded(int rules) throws IOException {
    try (InputStream object = RuleList.class.getResourceAsStream("list.bpf.o")) {
      if (object == null) {
        throw new IllegalStateException("the list is missing from the build");
      }
      BpfObject.load(object.readAllBytes(), List.of(PROGRAM), folder);
    }
    fill(rules);
    return BpfProgram.pinned(folder.resolve(PROGRAM));
  }

  BpfProgram program() {
    return program;
  }

  @Override
  public void close() {
    program.close();
    removePins();
  }

  private void removePins() {
    List<Path> pins = new ArrayList<>();
    try {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        entries.forEach(pins::add);
      }
      for (Path pin : pins) {
        Files.delete(pin);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those before the last one want an address that no frame has. */
  private void fill(int rules) {
    try (BpfMap map = BpfMap.pinned(folder.resolve("rules"), SHAPE)) {
      ByteBuffer list = map.value().putInt(rules);
      for (int i = 1; i < rules; i++) {
        list.putInt(-1).putInt(i);
      }
      map.put(map.key(), list);
    }
  }
}
