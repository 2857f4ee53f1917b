package io.leverans.web.message;

import static io.leverans.web.problem.ProblemType.ATTACHMENTS_TOO_LARGE;
import static io.leverans.web.problem.ProblemType.INVALID_ATTACHMENT;
import static io.leverans.web.problem.ProblemType.OVER_LIMIT;

import io.leverans.domain.message.Attachment;
import io.leverans.domain.message.Octets;
import io.leverans.web.input.JsonField;
import io.leverans.web.input.JsonFields;
import io.leverans.web.input.RequestBody;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The field attachments: a list of files. */
record AttachmentsField(JsonField field) {
  private static final int MAX_ATTACHMENTS = 100;
  private static final long MAX_OCTETS = 25 * RequestBody.MB;
  private static final String ANY_FILE = "application/octet-stream";
  private static final List<String> FIELDS =
      List.of("filename", "contentType", "content", "contentId");
  private static final Pattern NOT_BASE64 = Pattern.compile("[^A-Za-z0-9+/=]");

  List<Attachment> read() {
    if (field.value().size() > MAX_ATTACHMENTS) {
      field
          .findings()
          .add(
              OVER_LIMIT, field.at(), "A message has at most " + MAX_ATTACHMENTS + " attachments.");
      return List.of();
    }
    List<Attachment> attachments = new ArrayList<>();
    field.entries().forEach(entry -> attachment(entry).ifPresent(attachments::add));
    long octets = attachments.stream().mapToLong(file -> file.content().size()).sum();
    if (octets > MAX_OCTETS) {
      field
          .findings()
          .add(
              ATTACHMENTS_TOO_LARGE,
              field.at(),
              "All attachments of a message have at most 25 MB together, which is %d octets; these"
                      .formatted(MAX_OCTETS)
                  + " have "
                  + octets
                  + ".");
    }
    return attachments;
  }

  private static Optional<Attachment> attachment(JsonField entry) {
    Optional<JsonFields> object = entry.object(FIELDS);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    JsonFields fields = object.get();
    Optional<String> filename =
        fields.require("filename", "the name the recipient sees").flatMap(JsonField::text);
    Optional<Octets> content =
        fields
            .require("content", "the file itself, in Base64")
            .flatMap(base64 -> base64.read(INVALID_ATTACHMENT, AttachmentsField::decoded));
    Optional<String> contentType =
        fields.find("contentType").map(JsonField::text).orElse(Optional.of(ANY_FILE));
    Optional<String> contentId = fields.text("contentId");
    if (filename.isEmpty() || content.isEmpty() || contentType.isEmpty()) {
      return Optional.empty();
    }
    return fields
        .findings()
        .attempt(
            INVALID_ATTACHMENT,
            fields.at(),
            () -> new Attachment(filename.get(), contentType.get(), content.get(), contentId));
  }

  private static Octets decoded(String base64) {
    try {
      return Octets.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the content is not Base64: " + flaw(base64), e);
    }
  }

  private static String flaw(String base64) {
    Matcher stranger = NOT_BASE64.matcher(base64);
    return stranger.find()
        ? "character %d is U+%04X, which Base64 does not have"
            .formatted(stranger.start() + 1, base64.codePointAt(stranger.start()))
        : "its end is cut off, or '=' stands where it may not";
  }
}
