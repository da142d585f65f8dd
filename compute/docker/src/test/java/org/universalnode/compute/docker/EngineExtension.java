package org.universalnode.compute.docker;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all tests of the module one engine, which ends after the last. */
final class EngineExtension implements ParameterResolver {

  /** An engine with the image that the tests run in it. */
  record Shared(PrivateEngine engine, String image) implements AutoCloseable {
    static Shared begin() {
      PrivateEngine engine = new PrivateEngine();
      return new Shared(engine, TestImage.install(engine));
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
