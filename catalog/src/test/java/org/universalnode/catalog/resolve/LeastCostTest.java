package org.universalnode.catalog.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.universalnode.catalog.resolve.Link.Port;

class LeastCostTest {
  private static final int ROUNDS = 1_000;
  private static final CoreLoads IDLE = new CoreLoads(Map.of(0, 0, 1, 0));

  @Test
  void theAnswerToRandomQuestionsIsThatOfBruteForce() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Question question = new RandomQuestions(random).question(1 + random.nextInt(5), 5);
      String which = "seed " + seed + ", round " + round + ": " + question;
      Answer answer = LeastCost.USUAL.answer(question);
      found += answer instanceof Answer.Found ? 1 : 0;
      switch (answer) {
        case Answer.Found best -> requireBest(question, best, which);
        case Answer.Refused refused -> requireRefusal(question, refused, which);
      }
    }
    System.out.printf("resolver: seed %d, %d of %d could be had%n", seed, found, ROUNDS);
    assertThat(found).as("seed " + seed).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
  }

  private static void requireBest(Question question, Answer.Found best, String which) {
    BruteForce all = new BruteForce(question);
    AtomicLong least = new AtomicLong(Long.MAX_VALUE);
    all.each(
        chosen -> {
          if (all.lack(chosen).isEmpty()) {
            least.accumulateAndGet(all.cost(chosen), Math::min);
          }
        });
    Map<String, Candidate> chosen = chosen(question, best.chosen());
    assertThat(best.proven()).as(which).isTrue();
    assertThat(all.lack(chosen)).as(which).isEmpty();
    assertThat(all.cost(chosen)).as(which).isEqualTo(best.cost());
    assertThat(best.cost()).as(which).isEqualTo(least.get());
    requireVerdicts(all, best, which);
  }

  /** Each candidate's verdict is what would be if that function alone had it. */
  private static void requireVerdicts(BruteForce all, Answer.Found best, String which) {
    Question question = all.question();
    for (Need need : question.needs()) {
      long own = price(best, need.function(), best.chosen().getOrDefault(need.function(), ""));
      for (Candidate candidate : need.candidates()) {
        Map<String, Candidate> other = chosen(question, best.chosen());
        other.put(need.function(), candidate);
        String named = which + " " + need.function() + " " + candidate.name();
        switch (verdict(best, need.function(), candidate.name())) {
          case Verdict.Lacking _ -> assertThat(all.lack(other)).as(named).isNotEmpty();
          case Verdict.Chosen _ ->
              assertThat(best.chosen()).as(named).containsEntry(need.function(), candidate.name());
          case Verdict.Dearer(Price price) -> {
            assertThat(all.lack(other)).as(named).isEmpty();
            assertThat(all.cost(other) - best.cost()).as(named).isEqualTo(price.total() - own);
          }
        }
      }
    }
  }

  private static void requireRefusal(Question question, Answer.Refused refused, String which) {
    BruteForce all = new BruteForce(question);
    List<List<Shortage>> lacks = new ArrayList<>();
    all.each(chosen -> lacks.add(all.lack(chosen)));
    assertThat(lacks).as(which).noneMatch(List::isEmpty);
    assertThat(refused.shortage().missing()).as(which).isPositive();
    if (refused.function().isEmpty()) {
      long least =
          lacks.stream()
              .filter(LeastCostTest::isTaken)
              .mapToLong(LeastCostTest::sum)
              .min()
              .orElseThrow();
      assertThat(lacks.stream().filter(lack -> sum(lack) == least).map(LeastCostTest::worst))
          .as(which)
          .contains(refused.shortage().missing());
    }
  }

  private static boolean isTaken(List<Shortage> lack) {
    return lack.stream().allMatch(one -> Resource.TAKEN.contains(one.resource()));
  }

  private static long sum(List<Shortage> lack) {
    return lack.stream().mapToLong(Shortage::missing).sum();
  }

  private static long worst(List<Shortage> lack) {
    return lack.stream().mapToLong(Shortage::missing).max().orElseThrow();
  }

  @Test
  void theOrderOfTheQuestionDoesNotMatter() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      Question question = new RandomQuestions(random).question(5, 4);
      List<Need> needs = new ArrayList<>(question.needs());
      Collections.shuffle(needs, random);
      Question shuffled = new Question(needs, question.links(), question.free(), question.loads());
      Answer one = LeastCost.USUAL.answer(question);
      if (one instanceof Answer.Found) {
        assertThat(LeastCost.USUAL.answer(shuffled)).as("seed " + seed).isEqualTo(one);
      }
    }
  }

  @Test
  void ofEqualCandidatesTheFirstByNameIsTaken() {
    Need need = need("f", candidate("b", 8, Wiring.VETH), candidate("a", 8, Wiring.VETH));
    assertThat(found(List.of(need), List.of()).chosen()).isEqualTo(Map.of("f", "a"));
  }

  @Test
  void neighboursAreChosenForEachOther() {
    Candidate fast = candidate("socket", 10, Wiring.SOCKET);
    Candidate plain = candidate("veth", 12, Wiring.VETH);
    Link link = new Link(new Port("f", "p"), Optional.of(new Port("g", "p")));
    List<Need> needs =
        List.of(need("f", fast, plain), need("g", candidate("only", 1, Wiring.VETH)));
    assertThat(found(needs, List.of()).chosen()).containsEntry("f", "socket");
    assertThat(found(needs, List.of(link)).chosen()).containsEntry("f", "veth");
  }

  @Test
  void whatRunsIsReplacedOnlyForAClearGain() {
    Candidate running = candidate("running", 20, Wiring.VETH);
    Optional<String> name = Optional.of("running");
    Need little = new Need("f", List.of(running, candidate("new", 10, Wiring.VETH)), name);
    Candidate large = candidate("running", 200, Wiring.VETH);
    Need much = new Need("f", List.of(large, candidate("new", 10, Wiring.VETH)), name);
    assertThat(found(List.of(little), List.of()).chosen()).containsEntry("f", "running");
    assertThat(found(List.of(much), List.of()).chosen()).containsEntry("f", "new");
  }

  @Test
  void aRefusalNamesWhatIsMissing() {
    Amounts free = new Amounts(100, 0, 0);
    List<Need> one = List.of(need("f", candidate("x", 300, Wiring.VETH)));
    assertThat(LeastCost.USUAL.answer(new Question(one, List.of(), free, IDLE)))
        .isEqualTo(new Answer.Refused("f", new Shortage(Resource.MEMORY, 300, 100)));
    List<Need> two =
        List.of(
            need("f", candidate("x", 60, Wiring.VETH)), need("g", candidate("y", 70, Wiring.VETH)));
    assertThat(LeastCost.USUAL.answer(new Question(two, List.of(), free, IDLE)))
        .isEqualTo(new Answer.Refused("", new Shortage(Resource.MEMORY, 130, 100)))
        .hasToString("Refused[function=, shortage=memory: 130 MB needed, 100 MB free]");
  }

  @Test
  void aFunctionWithoutCandidatesIsNoQuestion() {
    Question question = new Question(List.of(need("f")), List.of(), Amounts.PLENTY, IDLE);
    assertThatThrownBy(() -> LeastCost.USUAL.answer(question)).hasMessageContaining("f");
  }

  @Test
  void twentyFunctionsOfEightImplementationsAreSolvedSoonAndForSure() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Duration> times = new ArrayList<>();
    int proven = 0;
    for (int round = 0; round < 20; round++) {
      Question question = new RandomQuestions(random).question(20, 8);
      long begin = System.nanoTime();
      Answer answer = LeastCost.USUAL.answer(question);
      times.add(Duration.ofNanos(System.nanoTime() - begin));
      proven += answer instanceof Answer.Found found && !found.proven() ? 0 : 1;
    }
    times.sort(Comparator.naturalOrder());
    System.out.printf(
        "resolver: 20 x 8, seed %d: median %d us, most %d us, %d of 20 for sure%n",
        seed, times.get(10).toNanos() / 1_000, times.getLast().toNanos() / 1_000, proven);
    assertThat(times.getLast()).as("seed " + seed).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void aSearchThatIsEndedHasFoundSomethingThatFits() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      Question question = new RandomQuestions(random).question(6, 4);
      Answer whole = LeastCost.USUAL.answer(question);
      if (whole instanceof Answer.Found best
          && new LeastCost(7).answer(question) instanceof Answer.Found quick) {
        BruteForce all = new BruteForce(question);
        assertThat(all.lack(chosen(question, quick.chosen()))).as("seed " + seed).isEmpty();
        assertThat(quick.cost()).as("seed " + seed).isGreaterThanOrEqualTo(best.cost());
        assertThat(quick.proven() && quick.cost() > best.cost()).as("seed " + seed).isFalse();
      }
    }
  }

  private static Answer.Found found(List<Need> needs, List<Link> links) {
    Answer answer = LeastCost.USUAL.answer(new Question(needs, links, Amounts.PLENTY, IDLE));
    return (Answer.Found) answer;
  }

  private static Need need(String function, Candidate... candidates) {
    return new Need(function, List.of(candidates), Optional.empty());
  }

  private static Candidate candidate(String name, long memory, Wiring wiring) {
    Amounts demand = new Amounts(memory, 0, 0);
    Figures figures = new Figures(0, 0, 0);
    return new Candidate(name, demand, 1, figures, Map.of("p", wiring), Optional.empty());
  }

  private static Map<String, Candidate> chosen(Question question, Map<String, String> names) {
    Map<String, Candidate> chosen = new HashMap<>();
    for (Need need : question.needs()) {
      need.candidates().stream()
          .filter(candidate -> candidate.name().equals(names.get(need.function())))
          .forEach(candidate -> chosen.put(need.function(), candidate));
    }
    return chosen;
  }

  private static Verdict verdict(Answer.Found found, String function, String candidate) {
    return Optional.ofNullable(found.verdicts().getOrDefault(function, Map.of()).get(candidate))
        .orElseThrow();
  }

  private static long price(Answer.Found found, String function, String candidate) {
    return switch (verdict(found, function, candidate)) {
      case Verdict.Chosen(Price price) -> price.total();
      case Verdict.Dearer _, Verdict.Lacking _ -> throw new AssertionError(candidate);
    };
  }
}
