package org.universalnode.compute.nativefn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembersTest {
  private static final Member ONE = new Member(10, 1000, true, "one");
  private static final Member OTHER = new Member(11, 1001, false, "other one");

  @TempDir Path folder;
  private Members members;

  @BeforeEach
  void nameAFile() {
    members = new Members(folder.resolve("processes"));
  }

  @Test
  void whatWasNeverWrittenHasNoMembersAndNoAge() {
    assertThat(members.all()).isEmpty();
    assertThat(members.age()).isEmpty();
  }

  @Test
  void theRecordIsAsOldAsItsWritingAndNotAsItsFile() throws IOException {
    members.write(List.of(ONE, OTHER));
    Files.setLastModifiedTime(members.file(), FileTime.fromMillis(0));
    assertThat(members.all()).containsExactly(ONE, OTHER);
    assertThat(members.age()).hasValueSatisfying(age -> assertThat(age).isLessThan(minutes(5)));
  }

  @Test
  void whoHasDoneItsPartLeavesTheOthersAsOldAsTheyWere() throws IOException {
    Files.writeString(members.file(), "since 1000\n" + ONE.write() + OTHER.write());
    Duration age = members.age().orElseThrow();
    members.drop(ONE);
    assertThat(members.all()).containsExactly(OTHER);
    assertThat(members.age()).hasValueSatisfying(now -> assertThat(now).isBetween(age, more(age)));
  }

  @Test
  void aRecordFromBeforeTheMachinesStartOrOfAnEarlierNodeHasNoAge() throws IOException {
    Files.writeString(members.file(), "since 999999999999999\n" + ONE.write());
    assertThat(members.age()).isEmpty();
    Files.writeString(members.file(), ONE.write());
    assertThat(members.age()).isEmpty();
    assertThat(members.all()).containsExactly(ONE);
  }

  private static Duration more(Duration age) {
    return age.plus(minutes(5));
  }

  private static Duration minutes(int number) {
    return Duration.ofMinutes(number);
  }
}
