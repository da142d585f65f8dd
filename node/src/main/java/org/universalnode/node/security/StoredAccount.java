package org.universalnode.node.security;

/**
 * An account with what is kept of its password.
 *
 * @param kept see {@link PasswordHash}
 */
record StoredAccount(Account account, String kept) {

  @Override
  public String toString() {
    return account.toString();
  }
}
