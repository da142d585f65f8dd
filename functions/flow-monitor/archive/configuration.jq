# Prints the checked settings on one line: most flows, the seconds of their window, and
# for the export "-" or collector, port, version, seconds of an active flow.
include "checks";

def setting($parent; $key; $least; $most; $default):
  if has($key) then .[$key] | whole_number("\($parent)/\($key)"; $least; $most) else $default end;

def collector:
  if is_ipv4_endpoint then sub(":"; " ")
  else
    refuse("/export/collector";
      "must be an IPv4 address and a port such as \"192.0.2.1:2055\", not \(tojson)")
  end;

def export:
  if has("export") | not then "-"
  else .export
    | object_of("/export"; ["active-seconds", "collector", "version"])
    | (required("/export"; "collector") | collector) as $collector
    | (if has("version") then .version | one_of("/export/version"; [5, 9, 10]) else 10 end)
      as $version
    | "\($collector) \($version) \(setting("/export"; "active-seconds"; 1; 3600; 60))"
  end;

one_document
| object_of(""; ["export", "most-flows", "window-seconds"])
| [setting(""; "most-flows"; 64; 4096; 2048), setting(""; "window-seconds"; 10; 3600; 300), export]
| map(tostring) | join(" ")
