package org.universalnode.compute.docker;

import java.nio.file.Files;
import java.nio.file.Path;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionDriverProvider;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/** Offers the Docker driver where there is an engine, or containers of this node wait for one. */
public final class DockerDriverProvider implements FunctionDriverProvider {
  private static final String HOST = "DOCKER_HOST";
  private static final String UNIX = "unix://";
  private static final Path SOCKET = Path.of("/var/run/docker.sock");

  @Override
  public String type() {
    return DockerDriver.TYPE;
  }

  @Override
  public Result<FunctionDriver> open(String node, Path state) {
    String host = System.getenv().getOrDefault(HOST, UNIX + SOCKET);
    if (!host.startsWith(UNIX)) {
      return Result.failed(
          Problem.of(Problem.Code.UNSUPPORTED, HOST + " is " + host + ", not on this machine")
              .next("let it name the socket of an engine here, such as " + UNIX + SOCKET));
    }
    Path socket = Path.of(host.substring(UNIX.length()));
    if (!Files.exists(socket) && !DockerDriver.hasInstances(state)) {
      return Result.failed(
          Problem.of(Problem.Code.UNSUPPORTED, "no Docker engine runs: there is no " + socket)
              .next("install Debian's docker.io and start it, or set " + HOST));
    }
    return DockerDriver.open(node, state, socket, Patience.DEFAULT);
  }
}
