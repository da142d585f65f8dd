package org.universalnode.compute.docker;

import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.universalnode.testbed.PrivateDocker;

/** Gives all tests of the module one engine, which ends after the last. */
final class EngineExtension implements ParameterResolver {

  /** An engine with the image that the tests run in it. */
  record Shared(PrivateDocker engine, String image) implements AutoCloseable {
    static Shared begin() {
      PrivateDocker engine = new PrivateDocker();
      return new Shared(engine, TestImage.install(client(engine)));
    }

    /** To ask it by. */
    Engine client() {
      return client(engine);
    }

    private static Engine client(PrivateDocker engine) {
      return new Engine(engine.socket(), Duration.ofSeconds(20));
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Shared.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(Shared.class, _ -> Shared.begin(), Shared.class);
  }
}
