package org.universalnode.switching.ebpf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.BpfMap;
import org.universalnode.linux.BpfObject;
import org.universalnode.linux.BpfProgram;

/**
 * The program and maps of one node, pinned in a folder of their own. Opening takes over what an
 * earlier process of the node left, content and all.
 */
final class DataPlane implements AutoCloseable {
  private static final String PROGRAM = "lsi";
  private static final Path ALL_NODES = BpfFilesystem.ROOT.resolve("universal-node");

  private final Path folder;
  private final BpfProgram program;
  private final BpfMap devices;
  private final BpfMap links;
  private final BpfMap tables;
  private final BpfMap rules;

  private DataPlane(Path folder) {
    this.folder = folder;
    this.program = BpfProgram.pinned(folder.resolve(PROGRAM));
    this.devices = map("devices", 4, 8);
    this.links = map("links", 8, 24);
    this.tables = map("tables", 8, RuleTables.TABLE_BYTES);
    this.rules = map("rules", RuleTables.KEY_BYTES, RuleTables.RULE_BYTES);
  }

  static DataPlane open(String node) {
    BpfFilesystem.ensureMounted();
    Path folder = ALL_NODES.resolve(node);
    try {
      Files.createDirectories(folder);
      BpfObject.load(object(), PROGRAM, folder);
      return new DataPlane(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  BpfProgram program() {
    return program;
  }

  BpfMap devices() {
    return devices;
  }

  BpfMap links() {
    return links;
  }

  BpfMap tables() {
    return tables;
  }

  BpfMap rules() {
    return rules;
  }

  /** Removes everything this node has in the kernel's BPF file system; its ports must be gone. */
  void unpin() {
    for (String name : new String[] {PROGRAM, "devices", "links", "tables", "rules"}) {
      delete(folder.resolve(name));
    }
    delete(folder);
    try (DirectoryStream<Path> others = Files.newDirectoryStream(ALL_NODES)) {
      if (!others.iterator().hasNext()) {
        delete(ALL_NODES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    program.close();
    devices.close();
    links.close();
    tables.close();
    rules.close();
  }

  private BpfMap map(String name, int keyBytes, int valueBytes) {
    return BpfMap.pinned(folder.resolve(name), new BpfMap.Shape(keyBytes, valueBytes));
  }

  private static byte[] object() throws IOException {
    try (InputStream stream = DataPlane.class.getResourceAsStream("lsi.bpf.o")) {
      if (stream == null) {
        throw new IllegalStateException("the data plane is missing from the build");
      }
      return stream.readAllBytes();
    }
  }
}
