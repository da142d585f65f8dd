package org.universalnode.node.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.universalnode.node.security.LoginAttempts.Kind;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * Who is logged in. Of tokens only hashes are kept, and those in memory: when the node ends all are
 * logged out. Thread-safe.
 */
public final class Sessions {
  private static final int TOKEN_BYTES = 32;
  private static final int MOST_SESSIONS = 4_096;
  private static final int MOST_OF_ONE = 64;

  private final Accounts accounts;
  private final Hashing hashing;
  private final Duration life;
  private final LongSupplier nanos;
  private final LoginAttempts attempts;

  /** To look at it takes as long as at somebody's. */
  private final String nobodys;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  Sessions(Accounts accounts, Hashing hashing, Duration life, LongSupplier nanos) {
    this.accounts = accounts;
    this.hashing = hashing;
    this.life = life;
    this.nanos = nanos;
    this.attempts = new LoginAttempts(nanos);
    this.nobodys = hashing.of("the password of nobody");
  }

  /**
   * Lets somebody in.
   *
   * @param address from which it is tried
   * @return a token, which is kept nowhere
   * @throws org.universalnode.problem.ProblemException if name and password don't go together, or
   *     that was tried too often
   */
  public String login(String name, String password, String address) {
    StoredAccount stored = proven(name, password, address);
    String token = token();
    remember(hash(token), new Session(name, stored.kept(), nanos.getAsLong() + life.toNanos()));
    return token;
  }

  /** Throws unless that is the password of the account. */
  public void prove(String name, String password, String address) {
    proven(name, password, address);
  }

  /** Whoever has that token; empty if it is none, or not any more. */
  public Optional<Caller.Person> person(String token) {
    return session(hash(token)).flatMap(this::person);
  }

  /** The same person as it is now; empty if it is not logged in any more. */
  public synchronized Optional<Caller.Person> now(Caller.Person person) {
    return sessions.containsValue(person.session()) ? person(person.session()) : Optional.empty();
  }

  /** Logs that session out. */
  public synchronized void end(Session session) {
    sessions.values().remove(session);
  }

  /** Logs an account out wherever it is logged in. */
  public synchronized void endAll(String name) {
    sessions.values().removeIf(session -> session.name().equals(name));
  }

  private Optional<Caller.Person> person(Session session) {
    return accounts
        .stored(session.name())
        .filter(stored -> session.isOf(stored, nanos.getAsLong()))
        .map(stored -> new Caller.Person(stored.account(), session));
  }

  private synchronized Optional<Session> session(String hash) {
    return Optional.ofNullable(sessions.get(hash));
  }

  private StoredAccount proven(String name, String password, String address) {
    String counted = Account.isName(name) ? name : "";
    requireNotTooOften(Kind.ADDRESS, address);
    requireNotTooOften(Kind.NAME, counted);
    Optional<StoredAccount> stored = accounts.stored(name);
    boolean right = hashing.matches(password, stored.map(StoredAccount::kept).orElse(nobodys));
    if (stored.isEmpty() || !right) {
      attempts.failed(Kind.ADDRESS, address);
      attempts.failed(Kind.NAME, counted);
      throw Problem.of(Code.UNAUTHENTICATED, "user and password don't go together")
          .next("try again, or ask an administrator for another password")
          .asException();
    }
    return stored.get();
  }

  private void requireNotTooOften(Kind kind, String value) {
    Duration pause = attempts.pause(kind, value);
    if (!pause.isZero()) {
      throw Problem.of(Code.BUSY, "too many logins failed")
          .next("wait " + (pause.toSeconds() + 1) + " s")
          .asException();
    }
  }

  /** Who has very many loses the oldest. */
  private synchronized void remember(String hash, Session session) {
    long now = nanos.getAsLong();
    sessions.values().removeIf(old -> old.isOver(now));
    long own = sessions.values().stream().filter(s -> s.name().equals(session.name())).count();
    if (own >= MOST_OF_ONE || sessions.size() >= MOST_SESSIONS) {
      sessions.entrySet().stream()
          .filter(entry -> own < MOST_OF_ONE || entry.getValue().name().equals(session.name()))
          .findFirst()
          .map(Map.Entry::getKey)
          .ifPresent(sessions::remove);
    }
    sessions.put(hash, session);
  }

  private String token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java has SHA-256", e);
    }
  }
}
