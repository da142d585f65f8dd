package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.universalnode.switching.ebpf.RuleWriter.Written;

/** What walks may see while a value is written: any of its bytes old or new. */
class LivesTest {
  private static final int LIVES_AT = 8;
  private static final int LIFE_BYTES = 8;
  private static final int RULE_AT = 24;

  @Test
  void noWalkOfAnOlderGenerationSeesAnythingOfAChangeOrOfTakingItBack() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      int generation = 300 + random.nextInt(Integer.MAX_VALUE - 300);
      int earlier = generation - 1 - random.nextInt(200);
      int settled = earlier - 1 - random.nextInt(50);
      Lives was = begun(Lives.NONE, settled - 3, rule(1));
      Lives now = begun(begun(was, settled, rule(2)), settled, earlier, rule(3));
      expectUnseen(now, now.ended(generation), generation, earlier);
      expectUnseen(now.ended(generation), now.withoutThoseOver(settled), generation, earlier);
      Optional<Integer> free = now.free(earlier);
      assertThat(free).isPresent();
      Lives prepared = now.prepared(free.get(), rule(4));
      Lives next = prepared.begun(free.get(), generation);
      expectUnseen(now, prepared, generation, earlier);
      expectUnseen(prepared, next, generation, earlier);
      expectUnseen(next, now.withoutThoseOver(earlier), generation, earlier);
    }
  }

  @Test
  void aMatchHasRoomForASecondRuleWhenWalksHaveLeftTheFirst() {
    Lives once = begun(Lives.NONE, 5, rule(1));
    Lives twice = begun(once, 6, rule(2));
    assertThat(once.free(5)).isPresent();
    assertThat(twice.free(5)).isEmpty();
    assertThat(twice.free(6)).isPresent();
  }

  private static void expectUnseen(Lives from, Lives to, int generation, int earlier) {
    ByteBuffer old = value(from);
    ByteBuffer fresh = value(to);
    for (int life = 0; life < 2; life++) {
      Set<ByteBuffer> rules = new HashSet<>(List.of(rule(old, life), rule(fresh, life)));
      for (int torn = 0; torn < 1 << LIFE_BYTES; torn++) {
        boolean counts = counts(old, fresh, new int[] {life, torn}, earlier);
        boolean did = counts(old, fresh, new int[] {life, 0}, earlier);
        assertThat(counts)
            .as("generation %x, a walk at %x, bytes %x of life %d", generation, earlier, torn, life)
            .isEqualTo(did);
        assertThat(!counts || rules.size() == 1).isTrue();
      }
    }
  }

  /** Whether the life, of whose bytes some are written already, has the generation. */
  private static boolean counts(ByteBuffer old, ByteBuffer fresh, int[] torn, int generation) {
    int at = LIVES_AT + torn[0] * LIFE_BYTES;
    ByteBuffer seen = ByteBuffer.allocate(LIFE_BYTES).order(ByteOrder.nativeOrder());
    IntStream.range(0, LIFE_BYTES)
        .forEach(i -> seen.put(i, ((torn[1] >> i & 1) == 0 ? old : fresh).get(at + i)));
    return Integer.compareUnsigned(generation, seen.getInt(0)) >= 0
        && Integer.compareUnsigned(generation, seen.getInt(4)) < 0;
  }

  private static ByteBuffer rule(ByteBuffer value, int life) {
    return value.slice(RULE_AT + life * RuleWriter.BYTES, RuleWriter.BYTES);
  }

  private static ByteBuffer value(Lives lives) {
    ByteBuffer value = ByteBuffer.allocate(Lives.BYTES).order(ByteOrder.nativeOrder());
    return lives.put(value);
  }

  private static Lives begun(Lives lives, int generation, Written rule) {
    return begun(lives, generation, generation, rule);
  }

  private static Lives begun(Lives lives, int settled, int generation, Written rule) {
    int index = lives.free(settled).orElseThrow();
    return lives.prepared(index, rule).begun(index, generation);
  }

  private static Written rule(int rank) {
    ByteBuffer bytes = ByteBuffer.allocate(RuleWriter.BYTES).putLong(rank).clear();
    return new Written(bytes, Optional.empty());
  }
}
