package org.universalnode.compute.docker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;

/**
 * What an image asks of the kernel in its own network namespace, which the program itself may not
 * write: the label {@value #LABEL} with {@code key=value} pairs and spaces between, as sysctl(8)
 * writes them. It holds before the container has ports, so that what is said for {@code default}
 * holds for each of them.
 */
final class KernelSettings {
  static final String LABEL = "org.universalnode.sysctls";

  private static final int MOST = 64;

  /** Trees of which each network namespace has its own. */
  private static final Pattern SETTING =
      Pattern.compile("net\\.(?:ipv4|ipv6|netfilter)\\.[A-Za-z0-9_.-]{1,100}=[0-9,]{1,40}");

  private KernelSettings() {}

  /**
   * Those of an image, and that its function forwards.
   *
   * @throws org.universalnode.problem.ProblemException if it asks for anything else
   */
  static Map<String, String> of(Answer image) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("net.ipv4.ip_forward", "1");
    String[] words = image.at("Config").at("Labels").at(LABEL).text().strip().split(" +", -1);
    if (words.length > MOST) {
      throw refused("asks for " + words.length + " settings", "ask for at most " + MOST);
    }
    for (String word : words) {
      if (!word.isEmpty() && !SETTING.matcher(word).matches()) {
        throw refused("asks for " + JsonText.quoted(word), "ask for net.ipv4.KEY=NUMBER");
      }
      int end = word.indexOf('=');
      if (end > 0) {
        settings.put(word.substring(0, end), word.substring(end + 1));
      }
    }
    return settings;
  }

  private static RuntimeException refused(String what, String next) {
    return Problem.of(Problem.Code.UNSUPPORTED, "the image's label " + LABEL + " " + what)
        .next(next + ", or the like below net.ipv6 and net.netfilter")
        .asException();
  }
}
