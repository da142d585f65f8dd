package org.universalnode.compute.nativefn;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.InstanceId;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;

/**
 * How to run an instance's handlers, kept on disk beside the instance, so that whoever comes later
 * can stop what it did not start.
 *
 * @param archive folder of the unpacked archive
 * @param arguments of every handler: LSI, function id, number of ports, interface of each port
 * @param ports environment variables that say which interface is which port
 */
record Handle(InstanceId id, Path archive, List<String> arguments, Map<String, String> ports) {

  static Handle of(FunctionSpec spec) {
    List<String> interfaces = PortNames.interfaces(spec.ports());
    List<String> arguments = new ArrayList<>();
    arguments.add(String.valueOf(spec.lsi()));
    arguments.add(spec.id().function());
    arguments.add(String.valueOf(interfaces.size()));
    arguments.addAll(interfaces);
    Map<String, String> ports = new LinkedHashMap<>();
    for (int i = 0; i < interfaces.size(); i++) {
      ports.put(PortNames.variable(spec.ports().get(i).label()), interfaces.get(i));
    }
    return new Handle(spec.id(), spec.image(), arguments, ports);
  }

  String write() {
    JsonObject json = new JsonObject();
    json.addProperty("graph", id.graph());
    json.addProperty("function", id.function());
    json.addProperty("archive", archive.toString());
    JsonArray list = new JsonArray();
    arguments.forEach(list::add);
    json.add("arguments", list);
    JsonObject variables = new JsonObject();
    ports.forEach(variables::addProperty);
    json.add("ports", variables);
    return JsonText.pretty(json);
  }

  static Handle read(String text) {
    Problems problems = new Problems();
    JsonFields fields = JsonFields.of(JsonText.parse(text, JsonLimits.DOCUMENT), "", problems);
    InstanceId id =
        new InstanceId(fields.requiredString("graph"), fields.requiredString("function"));
    Path archive = Path.of(fields.requiredString("archive"));
    List<String> arguments = new ArrayList<>();
    fields.requiredArray("arguments").forEach(argument -> arguments.add(argument.getAsString()));
    Map<String, String> ports = new LinkedHashMap<>();
    JsonFields variables = fields.requiredObject("ports");
    variables.keys().forEach(key -> ports.put(key, variables.requiredString(key)));
    problems.throwIfAny();
    return new Handle(id, archive, arguments, ports);
  }
}
