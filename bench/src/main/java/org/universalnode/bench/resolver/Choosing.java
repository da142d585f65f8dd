package org.universalnode.bench.resolver;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Probe;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.harness.Turns;
import org.universalnode.catalog.resolve.Answer;
import org.universalnode.catalog.resolve.LeastCost;
import org.universalnode.catalog.resolve.Question;

/** How long the resolver takes for one graph, as a mean over many generated ones. */
public final class Choosing implements Subject {
  private static final int QUESTIONS = 20;
  private static final long SEED = 9;
  private static final Figure ONE =
      Figure.absolute("resolver, 1 function x 3", "ms", new Budget.AtMost(1));
  private static final Figure ROOMY = Figure.absolute("resolver, 20 functions x 8, roomy", "ms");
  private static final Figure TIGHT = Figure.absolute("resolver, 20 functions x 8, tight", "ms");
  private static final Figure UNPROVEN =
      Figure.count("resolver, 20 functions x 8, not proven", "graphs", new Budget.AtMost(0));

  private final Turns turns;

  public Choosing() {
    this(new Turns(10, 15));
  }

  Choosing(Turns turns) {
    this.turns = turns;
  }

  @Override
  public List<Figure> figures() {
    return List.of(ONE, ROOMY, TIGHT, UNPROVEN);
  }

  @Override
  public List<Measurement> measure() {
    List<Question> roomy = questions(new Chain(20, 8, 256));
    List<Question> tight = questions(new Chain(20, 8, 64));
    List<Samples> taken =
        turns.take(
            List.of(
                probe(questions(new Chain(1, 3, 256))),
                probe(roomy),
                probe(tight),
                () -> unproven(roomy) + unproven(tight)));
    List<Measurement> measured = new ArrayList<>();
    for (Figure figure : figures()) {
      measured.add(new Measurement(figure, taken.get(measured.size())));
    }
    return measured;
  }

  private static List<Question> questions(Chain chain) {
    Random random = new Random(SEED);
    return IntStream.range(0, QUESTIONS).mapToObj(_ -> chain.question(random)).toList();
  }

  private static Probe probe(List<Question> questions) {
    Probe all = Probe.milliseconds(1, () -> questions.forEach(Choosing::expectAnswer));
    return () -> all.sample() / questions.size();
  }

  private static double unproven(List<Question> questions) {
    return questions.stream().filter(question -> !expectAnswer(question).proven()).count();
  }

  private static Answer.Found expectAnswer(Question question) {
    return switch (LeastCost.USUAL.answer(question)) {
      case Answer.Found found -> found;
      case Answer.Refused refused -> throw new IllegalStateException("no way: " + refused);
    };
  }
}
