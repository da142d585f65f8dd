package org.universalnode.node.rest;

import com.google.gson.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.universalnode.nffg.json.JsonPointer;
import org.universalnode.node.capability.NodeCapabilities;
import org.universalnode.node.deploy.Applied;
import org.universalnode.node.deploy.Functions;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.deploy.PacketTrace;
import org.universalnode.node.deploy.Stopwatch;
import org.universalnode.node.event.EventLog;
import org.universalnode.node.metrics.NodeMetrics;
import org.universalnode.node.plan.Prediction;
import org.universalnode.node.security.Caller;
import org.universalnode.node.security.Security;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** The routes. Published ones keep their published status codes; an unknown graph is a 404. */
public final class Api implements AutoCloseable {
  private static final String MANUAL = "see docs/api.md, or GET /openapi.json";

  private final Orchestrator graphs;
  private final Functions functions;
  private final NodeCapabilities capabilities;
  private final Supplier<JsonObject> description;
  private final NodeMetrics metrics;
  private final InstanceRoutes instances;
  private final EventStreams streams;
  private final Gate gate;
  private final Optional<AccountRoutes> accounts;
  private final Optional<PermissionRoutes> permissions;
  private final Claims claims;
  private final RecentStatus recent;
  private final GraphAnswers answers = new GraphAnswers();

  /**
   * All routes.
   *
   * @param description of the domain, in the published shape
   * @param events what clients may follow; closed together with this
   * @param streams how many may do that at the same time
   * @param security who may do what; empty if only those are let in who may do everything
   */
  public Api(
      Orchestrator graphs,
      Functions functions,
      NodeCapabilities capabilities,
      Supplier<JsonObject> description,
      NodeMetrics metrics,
      EventLog events,
      int streams,
      Optional<Security> security) {
    this.graphs = graphs;
    this.functions = functions;
    this.capabilities = capabilities;
    this.description = description;
    this.metrics = metrics;
    this.instances = new InstanceRoutes(graphs);
    this.streams = new EventStreams(events, streams, EventStreams.Pace.USUAL);
    this.recent = new RecentStatus(this.streams::newest, System::nanoTime);
    this.gate = new Gate(security, id -> graphs.graph(id).isPresent());
    this.accounts = security.map(AccountRoutes::new);
    this.permissions = security.map(Security::owners).map(PermissionRoutes::new);
    this.claims = new Claims(graphs, gate, security.map(Security::owners));
  }

  /** Ends the streams of events. */
  @Override
  public void close() {
    streams.close();
  }

  /**
   * After a change, its client is told the last event, so that it can tell when it has seen all.
   */
  Response answer(Request request) {
    Response response = conditional(request);
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    return reads ? response : response.with("Last-Event-ID", String.valueOf(streams.newest()));
  }

  private Response conditional(Request request) {
    try {
      return routed(request);
    } catch (Conditions.Unmet e) {
      return e.response();
    }
  }

  private Response routed(Request request) {
    return switch (Routing.of(request)) {
      case Routing.Found found -> answer(found, request);
      case Routing.OtherMethods(Set<String> methods) -> notAllowed(String.join(", ", methods));
      case Routing.Nothing _ -> throw nothing(request);
    };
  }

  private Response answer(Routing.Found found, Request request) {
    List<String> named = found.named();
    Caller caller = request.asker().caller();
    gate.check(found, caller);
    if (!found.operation().takes("GET") && !named.isEmpty()) {
      recent.forget(named.getFirst());
    }
    return switch (found.operation()) {
      case LIST_GRAPHS -> Bodies.list(graphs, id -> gate.sees(caller, id));
      case CREATE_GRAPH -> create(UUID.randomUUID().toString(), request);
      case PLAN_NEW_GRAPH -> plan(request.body());
      case GET_GRAPH -> graph(request, named.getFirst());
      case PUT_GRAPH -> create(named.getFirst(), request);
      case DELETE_GRAPH -> delete(named.getFirst(), request);
      case GET_STATUS -> status(named.getFirst());
      case PLAN_GRAPH -> plan(named.getFirst(), request.body());
      case TRACE_PACKET -> trace(named.getFirst(), request.body());
      case GET_COUNTERS -> counters(named.getFirst());
      case GET_FUNCTION -> instances.describe(named.getFirst(), named.getLast());
      case GET_LOG -> instances.log(request, named.getFirst(), named.getLast());
      case RUN_COMMAND -> instances.exec(request, named.getFirst(), named.getLast());
      case PAUSE_FUNCTION -> instances.pause(named.getFirst(), named.getLast(), true);
      case RESUME_FUNCTION -> instances.pause(named.getFirst(), named.getLast(), false);
      case LIST_FUNCTIONS -> FunctionsBody.of(functions.all(), functions.problems());
      case GET_CAPABILITIES -> CapabilitiesBody.of(capabilities.snapshot());
      case FOLLOW_EVENTS -> streams.answer(request, gate.viewer(caller));
      case GET_OFFER -> FunctionOffer.of(named.getFirst(), capabilities);
      case GET_DOMAIN_DESCRIPTION -> Response.json(200, description.get());
      case GET_HEALTH -> Bodies.health(graphs);
      case GET_METRICS -> Response.openMetrics(metrics.text());
      case GET_OPEN_API -> Response.json(OpenApi.text());
      case GET_PERMISSIONS ->
          permissions(named.getFirst(), with -> with.describe(named.getFirst()));
      case SET_PERMISSIONS ->
          permissions(named.getFirst(), with -> with.set(request, named.getFirst()));
      case LOG_IN -> accounts(with -> with.logIn(request));
      case LOG_OUT -> accounts(with -> with.logOut(request));
      case LIST_USERS -> accounts(AccountRoutes::listUsers);
      case GET_USER -> accounts(with -> with.user(named.getFirst()));
      case CREATE_USER -> accounts(with -> with.create(request, named.getFirst()));
      case CHANGE_USER -> accounts(with -> with.change(request, named.getFirst()));
      case DELETE_USER -> accounts(with -> with.delete(named.getFirst()));
      case SET_PASSWORD -> accounts(with -> with.setPassword(request, named.getFirst()));
      case END_SESSIONS -> accounts(with -> with.endSessions(named.getFirst()));
      case LIST_GROUPS -> accounts(AccountRoutes::listGroups);
      case CREATE_GROUP -> accounts(with -> with.createGroup(named.getFirst()));
      case DELETE_GROUP -> accounts(with -> with.deleteGroup(named.getFirst()));
    };
  }

  private Response accounts(Function<AccountRoutes, Response> answer) {
    return accounts.map(answer).orElseGet(AccountRoutes::absent);
  }

  private Response permissions(String graph, Function<PermissionRoutes, Response> answer) {
    if (graphs.graph(graph).isEmpty()) {
      throw unknown(graph).asException();
    }
    return permissions.map(answer).orElseGet(AccountRoutes::absent);
  }

  private Response graph(Request request, String id) {
    return graphs
        .graph(id)
        .map(graph -> answers.of(id, graph, Conditions.of(request)))
        .orElseThrow(() -> unknown(id).asException());
  }

  /** A new graph is answered as the published API does; an update has nothing to say. */
  private Response create(String id, Request request) {
    Stopwatch stopwatch = new Stopwatch();
    Applied applied = claims.apply(id, request, stopwatch);
    String timing =
        "deploy;dur=%s, handlers;dur=%s"
            .formatted(millis(stopwatch.total()), millis(stopwatch.untilLastHandler()));
    Response response = applied.created() ? created(id) : Response.empty(202);
    return response.with("ETag", EntityTag.of(applied.graph())).with("Server-Timing", timing);
  }

  private static Response created(String id) {
    JsonObject body = new JsonObject();
    body.addProperty("nffg-uuid", id);
    String location = "/NF-FG/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    return Response.json(201, body).with("Location", location);
  }

  private Response delete(String id, Request request) {
    Stopwatch stopwatch = new Stopwatch();
    if (!claims.delete(id, request)) {
      throw unknown(id).asException();
    }
    return Response.empty(204).with("Server-Timing", "delete;dur=" + millis(stopwatch.total()));
  }

  private Response plan(String document) {
    Stopwatch stopwatch = new Stopwatch();
    return planned(graphs.predict(document), stopwatch);
  }

  private Response plan(String id, String document) {
    Stopwatch stopwatch = new Stopwatch();
    return graphs
        .predict(id, document)
        .map(prediction -> planned(prediction, stopwatch))
        .orElseThrow(
            () ->
                unknown(id)
                    .next("un list shows those that are here; without an id a new one is planned")
                    .asException());
  }

  private static Response planned(Prediction prediction, Stopwatch stopwatch) {
    return PlanBody.of(prediction).with("Server-Timing", "plan;dur=" + millis(stopwatch.total()));
  }

  private Response trace(String id, String body) {
    if (graphs.graph(id).isEmpty()) {
      throw unknown(id).asException();
    }
    TraceRequest request = TraceRequest.read(body);
    return traced(id, request).map(TraceBody::of).orElseThrow(() -> unknown(id).asException());
  }

  private Optional<PacketTrace> traced(String id, TraceRequest request) {
    try {
      return graphs.trace(id, request.in(), request.packet());
    } catch (ProblemException e) {
      Problem problem = e.first().at(JsonPointer.child("", TraceRequest.IN));
      throw new ProblemException(List.of(problem), e);
    }
  }

  private Response counters(String id) {
    return graphs.counters(id).map(CountersBody::of).orElseThrow(() -> unknown(id).asException());
  }

  private Response status(String id) {
    return recent.of(id, this::seen);
  }

  private Response seen(String id) {
    return graphs.state(id).map(Bodies::status).orElseThrow(() -> unknown(id).asException());
  }

  private static Response notAllowed(String methods) {
    Problem problem =
        Problem.of(Problem.Code.NOT_FOUND, "this path takes only " + methods).next(MANUAL);
    return Problems.response(List.of(problem)).as(405).with("Allow", methods);
  }

  private static RuntimeException nothing(Request request) {
    String path = "/" + String.join("/", request.path());
    return Problem.of(Problem.Code.NOT_FOUND, "there is nothing at " + path)
        .next(MANUAL)
        .asException();
  }

  static Problem unknown(String id) {
    return Problem.of(Problem.Code.NOT_FOUND, "there is no graph \"" + id + "\"")
        .next("un list shows those that are here");
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e6);
  }
}
