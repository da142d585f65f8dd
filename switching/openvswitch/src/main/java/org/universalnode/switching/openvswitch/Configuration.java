package org.universalnode.switching.openvswitch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.universalnode.problem.Problem;
import org.universalnode.switching.openvswitch.ovsdb.Atom;
import org.universalnode.switching.openvswitch.ovsdb.Condition;
import org.universalnode.switching.openvswitch.ovsdb.Database;
import org.universalnode.switching.openvswitch.ovsdb.Limits;
import org.universalnode.switching.openvswitch.ovsdb.Mutation;
import org.universalnode.switching.openvswitch.ovsdb.Operation;
import org.universalnode.switching.openvswitch.ovsdb.OperationResult;
import org.universalnode.switching.openvswitch.ovsdb.Row;
import org.universalnode.switching.openvswitch.ovsdb.Settings;
import org.universalnode.switching.openvswitch.ovsdb.Snapshot;
import org.universalnode.switching.openvswitch.ovsdb.Value;

/**
 * The bridges and ports of one node in the database of Open vSwitch. What does not bear the node's
 * mark is never changed. Each change returns when ovs-vswitchd has done it.
 */
final class Configuration implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ROOT = "Open_vSwitch";
  private static final String BRIDGE = "Bridge";
  private static final String CONTROLLER = "Controller";
  private static final String INTERFACE = "Interface";
  private static final String IDS = "external_ids";
  private static final String SEGMENTING = "userspace-tso-enable";
  private static final String OPTIONS = "options";
  private static final String NEXT = "next_cfg";
  private static final String DONE = "cur_cfg";
  private static final String OTHERS = "other_config";
  private static final String USERSPACE = "netdev";
  private static final String TYPES = "datapath_types";
  private static final String TYPE = "datapath_type";
  private static final String KERNELS = "system";
  private static final Map<String, Set<String>> WATCHED =
      Map.of(
          ROOT,
          Set.of("bridges", NEXT, DONE, OTHERS, TYPES, Picture.DPDK),
          BRIDGE,
          Set.of("name", "ports", IDS, TYPE, "fail_mode", "protocols", OTHERS, Rows.CONTROLLERS),
          CONTROLLER,
          Set.of("target", "connection_mode"),
          "Port",
          Set.of("name", "interfaces"),
          INTERFACE,
          Set.of("name", "type", "ofport", "ofport_request", IDS, OPTIONS, "error"));

  private final Database database;
  private final Names names;
  private final DatabaseEvents events;
  private final Duration patience;
  private final Made made = new Made();

  private Configuration(Database database, Names names, DatabaseEvents events, Duration patience) {
    this.database = database;
    this.patience = patience;
    this.names = names;
    this.events = events;
    Picture now = picture();
    now.ports().forEach(port -> made.add(port, now.linkOf(port)));
    places().forEach(made::add);
  }

  static Configuration open(Path socket, Names names) {
    return open(socket, names, PATIENCE);
  }

  /** Waits no longer for what ovs-vswitchd does. */
  static Configuration open(Path socket, Names names, Duration patience) {
    Settings settings = new Settings(socket, "Open_vSwitch", 8, WATCHED, Limits.USUAL);
    DatabaseEvents events = new DatabaseEvents();
    Database database = Database.open(settings, events);
    try {
      return new Configuration(database, names, events, patience);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  void tellOfReturn(Runnable who) {
    events.tellOfReturn(who);
  }

  void tellOfChange(Runnable who) {
    events.tellOfChange(who);
  }

  /** What the node has made and not taken away. */
  Made made() {
    return made;
  }

  /**
   * Places of which something is not as it was made.
   *
   * @param controller the socket at which bridges should ask
   */
  Set<Place> harmed(Path controller) {
    return picture().harmed(made, new Rows(names, controller));
  }

  Picture picture() {
    return new Picture(database.snapshot(), names);
  }

  /** Whether ovs-vswitchd forwards frames itself, and not the kernel. */
  boolean isUserspace() {
    return datapathType().equals(USERSPACE);
  }

  /** Whether ovs-vswitchd forwards frames itself, and cuts those that are too long only then. */
  boolean isSegmenting() {
    return isUserspace()
        && picture().root().map(OTHERS).getOrDefault(SEGMENTING, "").equals("true");
  }

  /** The bridges that there are. */
  Set<Place> places() {
    return picture().bridges().keySet();
  }

  List<BridgePort> ports() {
    return picture().ports();
  }

  List<BridgePort> ports(Place place) {
    return ports().stream().filter(port -> port.place().equals(place)).toList();
  }

  /**
   * Makes a bridge that asks the controller at that socket, and drops what no flow matches; one
   * that is there is made so.
   *
   * @return whether it was not there
   */
  boolean addBridge(Place place, Path controller) {
    Row present = picture().bridges().get(place);
    if (present != null) {
      mend(place, present, controller);
      made.add(place);
      return false;
    }
    String name = names.bridge(place);
    requireFree(BRIDGE, name);
    boolean first = picture().bridges().isEmpty();
    insertBridge(place, controller, datapathType());
    if (first && !isUserspace() && picture().numberOf(name).isEmpty()) {
      removeBridges(List.of(place)); // ovs-vswitchd names the type also where the kernel has it not
      insertBridge(place, controller, USERSPACE);
    }
    if (picture().numberOf(name).isEmpty()) {
      removeBridges(List.of(place));
      throw Problem.of(Problem.Code.KERNEL, "Open vSwitch can't make the bridge " + name)
          .next("see the log of ovs-vswitchd")
          .asException();
    }
    made.add(place);
    return true;
  }

  private void mend(Place place, Row bridge, Path controller) {
    Rows rows = new Rows(names, controller);
    List<Operation> operations = new ArrayList<>();
    List<Condition> here = List.of(Condition.is(bridge.id()));
    if (!rows.isRight(place, bridge)) {
      operations.add(new Operation.Update(BRIDGE, here, rows.bridge(place, bridge.map(OTHERS))));
    }
    if (!rows.isControlled(bridge, database.snapshot())) {
      operations.add(new Operation.Insert(CONTROLLER, rows.controllerRow()).as("controller"));
      Map<String, Value> row = Map.of(Rows.CONTROLLERS, Value.newRow("controller"));
      operations.add(new Operation.Update(BRIDGE, here, row));
    }
    if (!operations.isEmpty()) {
      commit("the settings of " + place, operations);
    }
  }

  /** Bridges that a process asked for and died, or that have lost their data path; nothing else. */
  void removeStillborn() {
    removeBridges(
        places().stream()
            .filter(place -> picture().numberOf(names.bridge(place)).isEmpty())
            .toList());
  }

  /** As the node's bridges have it; for the first one the kernel's, if it is not switched off. */
  private String datapathType() {
    List<String> types = picture().root().texts(TYPES);
    return picture().bridges().values().stream()
        .findAny()
        .map(bridge -> bridge.text(TYPE))
        .orElse(types.contains(KERNELS) && !picture().hasDpdk() ? KERNELS : USERSPACE);
  }

  private void insertBridge(Place place, Path controller, String datapathType) {
    String name = names.bridge(place);
    List<Operation> operations = new ArrayList<>();
    Rows rows = new Rows(names, controller);
    operations.add(new Operation.Insert(CONTROLLER, rows.controllerRow()).as("controller"));
    operations.add(
        new Operation.Insert(
                INTERFACE, Map.of("name", Value.of(name), "type", Value.of("internal")))
            .as("interface"));
    operations.add(newPort(name, "interface", "port"));
    operations.add(new Operation.Insert(BRIDGE, bridge(place, datapathType, rows)).as("bridge"));
    operations.add(mutateRoot(Mutation.insert("bridges", Value.newRow("bridge"))));
    commit("the bridge of " + place, operations);
  }

  private Map<String, Value> bridge(Place place, String datapathType, Rows rows) {
    Map<String, Value> row = new HashMap<>(rows.bridge(place, Map.of()));
    row.put("name", Value.of(names.bridge(place)));
    row.put(TYPE, Value.of(datapathType));
    row.put(Rows.CONTROLLERS, Value.newRow("controller"));
    row.put("ports", Value.newRow("port"));
    row.put(IDS, Value.map(names.mark(place)));
    return row;
  }

  /** Deletes bridges with their ports; absent ones are fine. */
  void removeBridges(Collection<Place> places) {
    places.forEach(made::remove);
    Map<Place, Row> present = picture().bridges();
    List<Atom> rows = new ArrayList<>();
    for (Place place : places) {
      Optional.ofNullable(present.get(place)).ifPresent(row -> rows.add(new Atom.RowId(row.id())));
    }
    if (!rows.isEmpty()) {
      Operation cut = mutateRoot(Mutation.delete("bridges", Value.set(rows)));
      commit("the removal of " + places, List.of(cut));
    }
  }

  /** Adds ports to bridges that are there; those that are there already are as they should be. */
  void addPorts(Map<BridgePort, Link> ports) {
    Picture now = picture();
    Map<Place, Row> bridges = now.bridges();
    Rows rows = new Rows(names, Path.of(""));
    List<Operation> operations = new ArrayList<>();
    boolean taken = true;
    for (Map.Entry<BridgePort, Link> each : ports.entrySet()) {
      BridgePort port = each.getKey();
      Optional<Row> present = now.rowOf(port);
      taken &= present.filter(row -> rows.isRight(port, each.getValue(), row)).isPresent();
      if (present.isEmpty()) {
        requireFree("Port", port.name());
        operations.addAll(insertion(port, each.getValue(), operations.size()));
        Row bridge = Optional.ofNullable(bridges.get(port.place())).orElseThrow();
        String added = "port" + (operations.size() - 2);
        operations.add(mutate(bridge, Mutation.insert("ports", Value.newRow(added))));
      } else if (!rows.isAsked(port, each.getValue(), present.get())) {
        List<Condition> here = List.of(Condition.is(present.get().id()));
        Map<String, Value> row = rows.interfaceOf(port, each.getValue());
        operations.add(new Operation.Update(INTERFACE, here, row));
      }
    }
    if (!taken) {
      commit("ports " + ports.keySet(), operations);
      ports.keySet().forEach(this::requireNumber);
    }
    ports.forEach(made::add);
  }

  /**
   * What an interface is to Open vSwitch.
   *
   * @param type empty for a network device
   */
  record Link(String type, Map<String, String> options) {
    static final Link DEVICE = new Link("", Map.of());

    static Link patchTo(String peer) {
      return new Link("patch", Map.of("peer", peer));
    }
  }

  private List<Operation> insertion(BridgePort port, Link link, int number) {
    Map<String, Value> row = new HashMap<>(new Rows(names, Path.of("")).interfaceOf(port, link));
    row.put("name", Value.of(port.name()));
    String inside = "interface" + number;
    return List.of(
        new Operation.Insert(INTERFACE, row).as(inside),
        newPort(port.name(), inside, "port" + number));
  }

  /** Whether the port has these options. */
  boolean isLike(BridgePort port, Link link) {
    return picture().linkOf(port).options().equals(link.options());
  }

  /** Whether there is a bridge of that name, of whomever. */
  boolean hasBridge(String name) {
    return !database.snapshot().rows(BRIDGE, "name", Value.of(name)).isEmpty();
  }

  /** Takes ports away; absent ones are fine. */
  void removePorts(Collection<BridgePort> ports) {
    made.removeIf(ports::contains);
    Snapshot now = database.snapshot();
    List<Operation> operations = new ArrayList<>();
    Map<Place, Row> bridges = picture().bridges();
    for (BridgePort port : ports) {
      Row bridge = bridges.get(port.place());
      for (Row row : now.rows("Port", "name", Value.of(port.name()))) {
        if (bridge != null && bridge.ids("ports").contains(row.id())) {
          operations.add(mutate(bridge, Mutation.delete("ports", Value.of(row.id()))));
        }
      }
    }
    if (!operations.isEmpty()) {
      commit("the removal of ports " + ports, operations);
    }
  }

  /** Lets flows see all tags, unless somebody has decided otherwise. */
  void seeAllTags() {
    Map<String, String> all = Map.of("vlan-limit", "0");
    if (!picture().root().map(OTHERS).containsKey("vlan-limit")) {
      commit("vlan-limit", List.of(mutateRoot(Mutation.insert(OTHERS, Value.map(all)))));
    }
  }

  @Override
  public void close() {
    database.close();
  }

  /** The switch tells by the number of the last change that it has done all up to there. */
  private void commit(String what, List<Operation> operations) {
    List<Operation> all = new ArrayList<>(operations);
    all.add(mutateRoot(Mutation.add(NEXT, 1)));
    all.add(new Operation.Select(ROOT, Operation.EVERY_ROW, List.of(NEXT)));
    List<OperationResult> results = database.transact(all).orThrow();
    long number =
        results.getLast() instanceof OperationResult.Selected(List<Row> rows)
            ? rows.getFirst().whole(NEXT).orElse(0L)
            : 0;
    database.await(
        "ovs-vswitchd has done " + what,
        patience,
        now -> new Picture(now, names).root().whole(DONE).filter(done -> done >= number));
  }

  /** The switch may have refused an interface, and says why. */
  private void requireNumber(BridgePort port) {
    Optional<Long> number = picture().numberOf(port.name());
    if (number.filter(is -> is == port.number()).isEmpty()) {
      String why =
          picture()
              .interfaceOf(port.name())
              .flatMap(row -> row.optionalText("error"))
              .orElse("it has " + number.map(is -> "the number " + is).orElse("no number"));
      removePorts(List.of(port));
      throw refused(port, why);
    }
  }

  private static RuntimeException refused(BridgePort port, String why) {
    return Problem.of(
            Problem.Code.KERNEL, "Open vSwitch did not take interface " + port.name() + ": " + why)
        .next("see that the interface is there and no other bridge has it")
        .asException();
  }

  private void requireFree(String table, String name) {
    if (!database.snapshot().rows(table, "name", Value.of(name)).isEmpty()) {
      throw Problem.of(
              Problem.Code.CONFLICT, "Open vSwitch has another " + table + " of the name " + name)
          .next("remove it with ovs-vsctl, if nobody needs it")
          .asException();
    }
  }

  private static Operation newPort(String name, String inside, String as) {
    return new Operation.Insert(
            "Port", Map.of("name", Value.of(name), "interfaces", Value.newRow(inside)))
        .as(as);
  }

  private static Operation mutate(Row bridge, Mutation mutation) {
    UUID id = bridge.id();
    return new Operation.Mutate(BRIDGE, List.of(Condition.is(id)), List.of(mutation));
  }

  private static Operation mutateRoot(Mutation mutation) {
    return new Operation.Mutate(ROOT, Operation.EVERY_ROW, List.of(mutation));
  }
}
