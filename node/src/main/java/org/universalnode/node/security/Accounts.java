package org.universalnode.node.security;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * Who has a password here, and in which group. There is always an administrator. Thread-safe; every
 * change is on the disk when its method returns.
 */
public final class Accounts {
  /** Name of the administrator that nobody made, and of its group. */
  public static final String FIRST = "admin";

  private static final int MOST_ACCOUNTS = 1_024;
  private static final int MOST_GROUPS = 256;
  private static final int LEAST_PASSWORD = 8;
  private static final int MOST_PASSWORD = 256;

  private final SecurityStore store;
  private final Hashing hashing;
  private final FirstPassword first;
  private final Map<String, StoredAccount> accounts;
  private final Set<String> groups;

  /**
   * Those that are stored, and an administrator if there is none.
   *
   * @param first takes the password of an administrator that nobody made
   */
  Accounts(SecurityStore store, Hashing hashing, FirstPassword first) {
    this.store = store;
    this.hashing = hashing;
    this.first = first;
    this.accounts = new ConcurrentSkipListMap<>(store.accounts());
    this.groups = new ConcurrentSkipListSet<>(store.groups());
    if (all().stream().noneMatch(account -> account.role() == Role.ADMIN)) {
      addGroup(FIRST);
      save(new StoredAccount(new Account(FIRST, FIRST, Role.ADMIN), hashing.of(first.make())));
    }
  }

  /** By name. */
  public List<Account> all() {
    return accounts.values().stream().map(StoredAccount::account).toList();
  }

  public Optional<Account> find(String name) {
    return stored(name).map(StoredAccount::account);
  }

  /**
   * A new account.
   *
   * @throws org.universalnode.problem.ProblemException if there is one of that name, or no such
   *     group, or the password is none
   */
  public void add(Account account, String password) {
    requireName(account.name());
    requirePassword(password);
    requireFree(account.name());
    String kept = hashing.of(password);
    synchronized (this) {
      requireGroup(account.group());
      requireFree(account.name());
      requireRoom(accounts.size(), MOST_ACCOUNTS, "users");
      save(new StoredAccount(account, kept));
    }
  }

  /** Gives the account another group or role; false if there is none of that name. */
  public synchronized boolean change(String name, UnaryOperator<Account> change) {
    Optional<StoredAccount> before = stored(name);
    before.ifPresent(
        stored -> {
          Account after = change.apply(stored.account());
          requireGroup(after.group());
          if (after.role() != Role.ADMIN) {
            requireOtherAdmin(name);
          }
          save(new StoredAccount(after, stored.kept()));
        });
    return before.isPresent();
  }

  /** Gives the account another password, which ends its sessions; false if there is no such one. */
  public boolean setPassword(String name, String password) {
    requirePassword(password);
    String kept = hashing.of(password);
    synchronized (this) {
      Optional<StoredAccount> before = stored(name);
      before.ifPresent(stored -> save(new StoredAccount(stored.account(), kept)));
      if (name.equals(FIRST)) {
        first.isOver();
      }
      return before.isPresent();
    }
  }

  /** False if there is none of that name. */
  public synchronized boolean remove(String name) {
    if (!accounts.containsKey(name)) {
      return false;
    }
    requireOtherAdmin(name);
    store.removeAccount(name);
    accounts.remove(name);
    if (name.equals(FIRST)) {
      first.isOver();
    }
    return true;
  }

  /** By name. */
  public List<String> groups() {
    return List.copyOf(groups);
  }

  /** False if it was there already. */
  public synchronized boolean addGroup(String name) {
    requireName(name);
    if (groups.contains(name)) {
      return false;
    }
    requireRoom(groups.size(), MOST_GROUPS, "groups");
    store.addGroup(name);
    return groups.add(name);
  }

  /** False if there is none of that name. */
  public synchronized boolean removeGroup(String name) {
    if (all().stream().anyMatch(account -> account.group().equals(name))) {
      throw Problem.of(Code.CONFLICT, "there are users in the group \"" + name + "\"")
          .next("give them another group first")
          .asException();
    }
    store.removeGroup(name);
    return groups.remove(name);
  }

  Optional<StoredAccount> stored(String name) {
    return Optional.ofNullable(accounts.get(name));
  }

  private void save(StoredAccount stored) {
    store.save(stored);
    accounts.put(stored.account().name(), stored);
  }

  private void requireOtherAdmin(String name) {
    boolean others =
        all().stream().anyMatch(other -> other.role() == Role.ADMIN && !other.name().equals(name));
    if (!others) {
      throw Problem.of(Code.CONFLICT, "\"" + name + "\" is the last administrator")
          .next("make another user admin first")
          .asException();
    }
  }

  private void requireFree(String name) {
    if (accounts.containsKey(name)) {
      throw Problem.of(Code.CONFLICT, "there is a user \"" + name + "\" already")
          .next("choose another name, or change that one")
          .asException();
    }
  }

  private void requireGroup(String group) {
    if (!groups.contains(group)) {
      throw Problem.of(Code.UNKNOWN_REFERENCE, "there is no group \"" + group + "\"")
          .next("make it, or take one of GET /groups")
          .asException();
    }
  }

  private static void requireName(String name) {
    if (!Account.isName(name)) {
      throw Problem.of(Code.INVALID_DOCUMENT, "\"" + name + "\" can't be a name")
          .next("use 1 to 64 of a-z, 0-9, dot, _ and -, and begin with a letter or digit")
          .asException();
    }
  }

  private static void requirePassword(String password) {
    if (password.length() < LEAST_PASSWORD || password.length() > MOST_PASSWORD) {
      throw Problem.of(Code.INVALID_DOCUMENT, "the password is too short or too long")
          .next("use %d to %d characters".formatted(LEAST_PASSWORD, MOST_PASSWORD))
          .asException();
    }
  }

  private static void requireRoom(int size, int most, String what) {
    if (size >= most) {
      throw Problem.of(Code.LIMIT, "there are " + most + " " + what + " already")
          .next("remove one first")
          .asException();
    }
  }
}
