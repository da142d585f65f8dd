package org.universalnode.node.description;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.universalnode.catalog.Catalog;
import org.universalnode.catalog.ImplementationType;
import org.universalnode.catalog.capability.Discovery;
import org.universalnode.catalog.capability.KernelTrial;
import org.universalnode.catalog.capability.Requirements;
import org.universalnode.catalog.resolve.Amounts;
import org.universalnode.nffg.EndPointType;
import org.universalnode.node.capability.GraphUse;
import org.universalnode.node.capability.NodeCapabilities;
import org.universalnode.node.deploy.Functions;
import org.universalnode.node.deploy.RunningPolicy;
import org.universalnode.node.deploy.Suitability;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.Result;

/** A machine that is a folder: cores, memory and programs are files that a test writes. */
public record Machine(Path folder) {
  public static final String ONLINE = "/sys/devices/system/cpu/online";

  /** Four cores, 1000 MiB, an interface, and nft. */
  public static Machine in(Path folder) {
    Machine machine = new Machine(folder);
    machine
        .file("/sys/devices/system/cpu/present", "0-3\n")
        .file(ONLINE, "0-3\n")
        .memory(500)
        .file("/sys/class/net/eth1/flags", "0x1003\n")
        .program("/usr/sbin/nft")
        .template("nat", "nft");
    return machine;
  }

  public Machine memory(int free) {
    String text = "MemTotal: %d kB\nMemAvailable: %d kB\n".formatted(1000 << 10, free << 10);
    return file("/proc/meminfo", text);
  }

  /** All of it at once, as the kernel's files change. */
  public Machine file(String path, String text) {
    try {
      Path file = at(path);
      Files.createDirectories(file.getParent());
      Path fresh = Files.writeString(folder.resolve("fresh"), text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Machine program(String path) {
    try {
      file(path, "#!/bin/sh\n");
      Files.setPosixFilePermissions(at(path), PosixFilePermissions.fromString("rwxr-xr-x"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Machine template(String name, String executable) {
    return file(
        "/templates/" + name + "/template.json",
        """
        {"name":"%s","functional-capability":"%s","vnf-type":"native",
         "uri-image-type":"local-file","uri-image":"x.tgz","memory-size":32,
         "CPUrequirements":{"platformType":"x86","socket":[{"coreNumbers":1}]},
         "ports":[{"position":"0-1","label":"p","min":"2","name":"eth"}],
         "dependencies":{"capability":[{"name":"%s","type":"executable"}]}}"""
            .formatted(name, name, executable));
  }

  public void remove(String path) {
    try {
      Files.delete(at(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path templates() {
    return at("/templates");
  }

  public NodeCapabilities capabilities() {
    Discovery discovery =
        new Discovery(
            folder,
            (_, _) -> Result.failed(Problem.of(Code.UNSUPPORTED, "no programs")),
            KernelTrial.NONE);
    Suitability suitability =
        new Suitability(
            Set.of(ImplementationType.NATIVE, ImplementationType.DOCKER),
            new Requirements(discovery));
    return new NodeCapabilities(
        new Functions(Catalog.of(templates()), suitability, RunningPolicy.AS_ASKED),
        discovery,
        new NodeCapabilities.Fixed(
            "ebpf", Set.of(EndPointType.VLAN, EndPointType.GRE_TUNNEL), Set.of("eth1"), folder),
        new GraphUse() {
          @Override
          public Map<String, Set<Integer>> vlans() {
            return Map.of("eth1", Set.of(223));
          }

          @Override
          public Amounts free() {
            return new Amounts(promisable(), 0, Long.MAX_VALUE);
          }
        });
  }

  /** Functions have been promised all but this many MiB. */
  public Machine promisable(int megabytes) {
    return file("/promisable", "" + megabytes);
  }

  private long promisable() {
    try {
      return Files.exists(at("/promisable"))
          ? Long.parseLong(Files.readString(at("/promisable")))
          : Long.MAX_VALUE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path at(String path) {
    return folder.resolve(path.substring(1));
  }
}
