package io.leverans.bootstrap.command;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * Mails in files: one to a file, in folders, in a Maildir, in an mbox, on standard input. One mail
 * at a time is in memory, and of that no more than is looked at.
 */
final class MailFiles {
  private static final String STANDARD_INPUT = "-";

  private final InputStream standardInput;
  private final Visitor visitor;

  MailFiles(InputStream standardInput, Visitor visitor) {
    this.standardInput = standardInput;
    this.visitor = visitor;
  }

  /** Is told of what is found. */
  interface Visitor {
    /** A mail's first octets, {@link Mbox#MOST_OCTETS} at most. */
    Wish mail(String name, byte[] octets);

    /** A file or folder that should be read and cannot be. */
    void unreadable(String name, String why);
  }

  /** Whether there is a point in going on. */
  enum Wish {
    MORE,
    NO_MORE
  }

  /** Visits all mails in what an argument names: a file, a folder, or standard input. */
  Wish visit(String argument) {
    if (argument.equals(STANDARD_INPUT)) {
      return visitStandardInput();
    }
    try {
      Path path = Path.of(argument);
      return Files.isDirectory(path) ? visitFolder(path) : visitFile(path);
    } catch (InvalidPathException e) {
      visitor.unreadable(argument, e.getReason());
      return Wish.MORE;
    }
  }

  private Wish visitStandardInput() {
    byte[] octets;
    try {
      octets = standardInput.readNBytes(Mbox.MOST_OCTETS);
      var _ = standardInput.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      visitor.unreadable(STANDARD_INPUT, why(e));
      return Wish.MORE;
    }
    return visitor.mail(STANDARD_INPUT, octets);
  }

  private Wish visitFile(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      Mbox mbox = new Mbox(in);
      for (var octets = mbox.next(); octets.isPresent(); octets = mbox.next()) {
        String name = mbox.holdsSeveral() ? file + "#" + mbox.number() : file.toString();
        if (visitor.mail(name, octets.get()) == Wish.NO_MORE) {
          return Wish.NO_MORE;
        }
      }
    } catch (IOException e) {
      visitor.unreadable(file.toString(), why(e));
    }
    return Wish.MORE;
  }

  private Wish visitFolder(Path folder) {
    Walk walk = new Walk();
    try {
      Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
    } catch (IOException e) {
      visitor.unreadable(folder.toString(), why(e));
    }
    return walk.wish;
  }

  private static String why(IOException trouble) {
    return switch (trouble) {
      case NoSuchFileException _ -> "there is no such file or folder";
      case AccessDeniedException _ -> "reading it is not permitted";
      case FileSystemLoopException _ -> "the link leads back to a folder around it";
      default -> String.valueOf(trouble.getMessage());
    };
  }

  /**
   * Goes through a folder and those in it. Hidden files are no mails; beside the folders of a
   * Maildir lie its indexes, and in its "tmp" what is not yet whole.
   */
  private final class Walk extends SimpleFileVisitor<Path> {
    private final Deque<Layout> around = new ArrayDeque<>();
    private Wish wish = Wish.MORE;

    private enum Layout {
      MAILDIR,
      PLAIN
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (!around.isEmpty() && isPassedOver(folder, around.getFirst())) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      boolean maildir =
          Files.isDirectory(folder.resolve("cur")) && Files.isDirectory(folder.resolve("new"));
      around.push(maildir ? Layout.MAILDIR : Layout.PLAIN);
      return FileVisitResult.CONTINUE;
    }

    private static boolean isPassedOver(Path folder, Layout parent) {
      return switch (parent) {
        case MAILDIR -> folder.endsWith("tmp");
        case PLAIN -> isHidden(folder);
      };
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      boolean mail = around.getFirst() == Layout.PLAIN && !isHidden(file);
      if (mail && (attributes.isRegularFile() || attributes.isSymbolicLink())) {
        wish = MailFiles.this.visitFile(file);
      }
      return wish == Wish.NO_MORE ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException trouble) {
      visitor.unreadable(file.toString(), why(trouble));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException trouble) {
      around.pop();
      if (trouble != null) {
        visitor.unreadable(folder.toString(), why(trouble));
      }
      return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path path) {
      return path.getFileName().toString().startsWith(".");
    }
  }
}
