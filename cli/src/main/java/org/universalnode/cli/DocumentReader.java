package org.universalnode.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.universalnode.problem.ProblemException;

/** Reads documents from files, in this process: no node is asked. */
final class DocumentReader {
  private final Optional<DocumentKind> asked;
  private final InputStream in;

  /** Reads what the call asks for. */
  DocumentReader(Invocation call) {
    asked = DocumentKind.asked(call);
    in = call.in();
  }

  /** Reads the file, or standard input if it is "-". Whatever is wrong is in the document. */
  Document read(String file) {
    try {
      String text = DocumentFile.text(file, in);
      DocumentKind kind = asked.isPresent() ? asked.get() : DocumentKind.of(text);
      Path folder = Path.of(file).resolveSibling("");
      return new Document(file, Optional.of(kind), text, kind.check(text, folder));
    } catch (ProblemException e) {
      return Document.unreadable(file, asked, e.problems());
    }
  }
}
