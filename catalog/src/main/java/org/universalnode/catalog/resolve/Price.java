package org.universalnode.catalog.resolve;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parts of a cost, in points.
 *
 * @param resources what is taken away: memory, huge pages, disk
 * @param cpu what packets cost inside the function
 * @param paths what packets cost between it and its neighbours
 * @param cores how many it wants, and what else they have to do
 * @param start how long it takes to start
 * @param download what has to be fetched
 * @param replacement of another implementation that runs
 */
public record Price(
    long resources, long cpu, long paths, long cores, long start, long download, long replacement) {

  public long total() {
    return resources + cpu + paths + cores + start + download + replacement;
  }

  /** By their names, in their order. */
  public Map<String, Long> parts() {
    Map<String, Long> parts = new LinkedHashMap<>();
    parts.put("resources", resources);
    parts.put("cpu", cpu);
    parts.put("paths", paths);
    parts.put("cores", cores);
    parts.put("start", start);
    parts.put("download", download);
    parts.put("replacement", replacement);
    return java.util.Collections.unmodifiableMap(parts);
  }

  /** The same between neighbours and on cores, of which a candidate alone knows nothing. */
  Price with(long pathPoints, long corePoints) {
    return new Price(resources, cpu, pathPoints, corePoints, start, download, replacement);
  }
}
