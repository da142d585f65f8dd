package org.universalnode.compute.nativefn;

import java.nio.file.Path;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionDriverProvider;
import org.universalnode.problem.Result;

/** Offers the native driver. */
public final class NativeDriverProvider implements FunctionDriverProvider {

  @Override
  public String type() {
    return NativeDriver.TYPE;
  }

  @Override
  public Result<FunctionDriver> open(String node, Path state) {
    return NativeDriver.open(node, state, Patience.DEFAULT);
  }
}
