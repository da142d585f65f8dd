package org.universalnode.node.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.capability.MachinePrograms;
import org.universalnode.problem.ProblemException;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class ServerIdentityTest {
  @TempDir private Path folder;

  @Test
  void aNodesOwnCertificateHasItsNamesAndIsMadeOnce() throws Exception {
    ServerIdentity own = own("a");
    assertThat(own.context()).isNotNull();
    String text = Files.readString(own.certificate());
    try (var in = Files.newInputStream(own.certificate())) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      assertThat(certificate.getSubjectAlternativeNames().toString())
          .contains("192.0.2.1", "2001:db8:0:0:0:0:0:1", "node.example");
    }
    assertThat(Files.getPosixFilePermissions(own.key()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    own("a");
    assertThat(Files.readString(own.certificate())).isEqualTo(text);
    assertThat(folder.resolve("a")).isDirectoryNotContaining("glob:**.p12");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    ServerIdentity mixed = new ServerIdentity(own("a").certificate(), own("b").key());
    refused(mixed, "not that of the certificate");
  }

  @Test
  void whatIsNoCertificateOrKeyIsRefused() throws IOException {
    ServerIdentity own = own("a");
    Path other = Files.writeString(folder.resolve("other"), "-----BEGIN RSA PRIVATE KEY-----\n");
    refused(new ServerIdentity(other, own.key()), "certificate");
    refused(new ServerIdentity(own.certificate(), other), "no key that can be read");
    refused(new ServerIdentity(folder.resolve("absent"), own.key()), "can't be read");
  }

  private ServerIdentity own(String name) {
    return new OwnCertificate(folder.resolve(name), new MachinePrograms(folder))
        .identity(Set.of("192.0.2.1", "2001:db8::1", "node.example"));
  }

  private static void refused(ServerIdentity identity, String why) {
    assertThatThrownBy(identity::context)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(why);
  }
}
