package org.universalnode.node.security;

import java.nio.file.Path;
import java.time.Duration;

/** Accounts, who is logged in, and whose graphs are, of a node that asks for that. */
public final class Security implements AutoCloseable {
  private final SecurityStore store;
  private final Accounts accounts;
  private final Sessions sessions;
  private final GraphOwners owners;

  private Security(SecurityStore store, Path folder, Policy policy) {
    Hashing hashing = new Hashing(PasswordHash.ROUNDS);
    this.store = store;
    this.accounts = new Accounts(store, hashing, new FirstPassword(folder));
    this.sessions = new Sessions(accounts, hashing, policy.tokenLife(), System::nanoTime);
    this.owners = new GraphOwners(store, policy.usual(), policy.admins());
  }

  /**
   * What the operator decided.
   *
   * @param tokenLife how long somebody is logged in
   * @param usual permissions of new graphs
   * @param admins what administrators and operators may do with every graph
   */
  public record Policy(Duration tokenLife, Permissions usual, Permission admins) {}

  /** Opens what is kept in a folder. */
  public static Security open(Path folder, Policy policy) {
    SecurityStore store = SecurityStore.open(folder.resolve("users.db"));
    try {
      return new Security(store, folder, policy);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  public Accounts accounts() {
    return accounts;
  }

  public Sessions sessions() {
    return sessions;
  }

  public GraphOwners owners() {
    return owners;
  }

  /** To whom a graph belongs: a group of tenants, or one without a group; empty if to neither. */
  public String tenantOf(String graph) {
    Ownership ownership = owners.of(graph);
    return accounts
        .find(ownership.owner())
        .filter(account -> account.role() == Role.TENANT)
        .map(
            account ->
                ownership.group().isEmpty()
                    ? "user " + account.name()
                    : "group " + ownership.group())
        .orElse("");
  }

  @Override
  public void close() {
    store.close();
  }
}
