package io.leverans.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.AddDomain;
import io.leverans.application.port.in.BeginConsent;
import io.leverans.application.port.in.CancelMessage;
import io.leverans.application.port.in.ChangeChannel;
import io.leverans.application.port.in.CheckDomain;
import io.leverans.application.port.in.ChooseChannel;
import io.leverans.application.port.in.ChooseDefault;
import io.leverans.application.port.in.ConcludeConsent;
import io.leverans.application.port.in.ConnectChannel;
import io.leverans.application.port.in.CorrectReport;
import io.leverans.application.port.in.CreateIdentity;
import io.leverans.application.port.in.DismissReport;
import io.leverans.application.port.in.ErasePerson;
import io.leverans.application.port.in.ExplainMessage;
import io.leverans.application.port.in.ExportPerson;
import io.leverans.application.port.in.ExportSamples;
import io.leverans.application.port.in.IdentifyCaller;
import io.leverans.application.port.in.ImportSuppressions;
import io.leverans.application.port.in.LeadToConsent;
import io.leverans.application.port.in.LinkReport;
import io.leverans.application.port.in.ListChannelKinds;
import io.leverans.application.port.in.ListFailedDeliveries;
import io.leverans.application.port.in.ListMessages;
import io.leverans.application.port.in.ListPlatformFaults;
import io.leverans.application.port.in.ListReports;
import io.leverans.application.port.in.LogMessage;
import io.leverans.application.port.in.MoveWaitingMail;
import io.leverans.application.port.in.Preflight;
import io.leverans.application.port.in.PresentIdentity;
import io.leverans.application.port.in.ReadChannels;
import io.leverans.application.port.in.ReadDomains;
import io.leverans.application.port.in.ReadErasure;
import io.leverans.application.port.in.ReadEvents;
import io.leverans.application.port.in.ReadIdentities;
import io.leverans.application.port.in.ReadMessage;
import io.leverans.application.port.in.ReadRawReport;
import io.leverans.application.port.in.ReadRetry;
import io.leverans.application.port.in.ReadSentBytes;
import io.leverans.application.port.in.RemoveChannel;
import io.leverans.application.port.in.RemoveDomain;
import io.leverans.application.port.in.RequestVerification;
import io.leverans.application.port.in.RescheduleMessage;
import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.in.RetryFailedDeliveries;
import io.leverans.application.port.in.RetryMessage;
import io.leverans.application.port.in.RotateDomainKey;
import io.leverans.application.port.in.TestChannel;
import io.leverans.application.port.in.Unsubscribe;
import io.leverans.application.port.in.VerifyIdentity;
import io.leverans.application.port.out.LinkCode;
import io.leverans.application.port.out.memory.CountingIds;
import io.leverans.application.port.out.memory.MemorySuppressions;
import io.leverans.application.service.SuppressionListService;
import io.leverans.application.view.Caller;
import io.leverans.application.view.ChannelView;
import io.leverans.application.view.Page;
import io.leverans.application.view.SuppressionImport;
import io.leverans.application.view.SuppressionImport.LineResult;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import io.leverans.web.sandbox.SandboxView;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A server with use cases of the test's choice, and a client that asks it. */
final class TestApi implements AutoCloseable {
  static final String KEY = "the-key";
  private static final ObjectMapper JSON = new ObjectMapper();

  IdentifyCaller identifyCaller =
      key -> key.equals(KEY) ? Optional.of(Samples.CALLER) : Optional.empty();
  CreateIdentity createIdentity =
      _ -> {
        throw unexpected();
      };
  ReadIdentities readIdentities = new NoIdentities();
  RequestVerification requestVerification =
      (_, _) -> {
        throw unexpected();
      };
  VerifyIdentity verifyIdentity = new NoLinks();
  final MemorySuppressions suppressionList = new MemorySuppressions();
  ImportSuppressions importSuppressions = new NoImports();
  Unsubscribe unsubscribe = new NobodyUnsubscribes();
  ListChannelKinds listChannelKinds = List::of;
  ReadChannels readChannels = new KnownChannels(List.of());
  ConnectChannel connectChannel =
      _ -> {
        throw unexpected();
      };
  ChangeChannel changeChannel =
      _ -> {
        throw unexpected();
      };
  RemoveChannel removeChannel =
      _ -> {
        throw unexpected();
      };
  TestChannel testChannel =
      (_, _) -> {
        throw unexpected();
      };
  MoveWaitingMail moveWaitingMail =
      _ -> {
        throw unexpected();
      };
  ChooseChannel chooseChannel =
      _ -> {
        throw unexpected();
      };
  ChooseDefault chooseDefault =
      (_, _) -> {
        throw unexpected();
      };
  PresentIdentity presentIdentity =
      (_, _, _) -> {
        throw unexpected();
      };
  Preflight preflight =
      _ -> {
        throw unexpected();
      };
  AddDomain addDomain =
      _ -> {
        throw unexpected();
      };
  ReadDomains readDomains = new DomainSamples.NoDomains();
  CheckDomain checkDomain =
      _ -> {
        throw unexpected();
      };
  RotateDomainKey rotateDomainKey =
      _ -> {
        throw unexpected();
      };
  RemoveDomain removeDomain =
      _ -> {
        throw unexpected();
      };
  AcceptMessage acceptMessage =
      _ -> {
        throw unexpected();
      };
  BeginConsent beginConsent =
      _ -> {
        throw unexpected();
      };
  LeadToConsent leadToConsent = new NoConsent();
  ConcludeConsent concludeConsent =
      _ -> {
        throw unexpected();
      };
  ListMessages listMessages = _ -> new Page<>(List.of(), Optional.empty());
  ReadMessage readMessage = (_, _) -> Optional.empty();
  ReadSentBytes readSentBytes =
      (_, _, _) -> {
        throw unexpected();
      };
  ExplainMessage explainMessage = (_, _) -> Optional.empty();
  RetryMessage retryMessage =
      (_, _) -> {
        throw unexpected();
      };
  RescheduleMessage rescheduleMessage =
      _ -> {
        throw unexpected();
      };
  CancelMessage cancelMessage =
      (_, _) -> {
        throw unexpected();
      };
  ResolveDoubt resolveDoubt =
      _ -> {
        throw unexpected();
      };
  LogMessage logMessage =
      _ -> {
        throw unexpected();
      };
  ListFailedDeliveries listFailedDeliveries =
      _ -> {
        throw unexpected();
      };
  RetryFailedDeliveries retryFailedDeliveries =
      _ -> {
        throw unexpected();
      };
  ReadRetry readRetry = (_, _) -> Optional.empty();
  ListPlatformFaults listPlatformFaults = (_, _) -> new ListPlatformFaults.Result.OperatorsOnly();
  ReadEvents readEvents = (_, _, _) -> new ReadEvents.Result.Read(List.of());
  ListReports listReports = _ -> new Page<>(List.of(), Optional.empty());
  ReadRawReport readRawReport = (_, _) -> Optional.empty();
  LinkReport linkReport =
      _ -> {
        throw unexpected();
      };
  DismissReport dismissReport =
      (_, _) -> {
        throw unexpected();
      };
  CorrectReport correctReport =
      (_, _, _) -> {
        throw unexpected();
      };
  ExportSamples exportSamples =
      (_, _, _) -> {
        throw unexpected();
      };
  ExportPerson exportPerson =
      (_, _) -> {
        throw unexpected();
      };
  ErasePerson erasePerson =
      _ -> {
        throw unexpected();
      };
  ReadErasure readErasure = (_, _) -> Optional.empty();
  Readiness readiness = Readiness.Answer.Ready::new;
  Optional<SandboxView> sandbox = Optional.empty();
  Mode mode = Mode.LIVE;

  final Path spool = Path.of("target", "spools", UUID.randomUUID().toString());
  private final HttpClient client = HttpClient.newHttpClient();
  private Optional<WebServer> server = Optional.empty();

  WebServer server() {
    if (server.isEmpty()) {
      var settings =
          new WebSettings("127.0.0.1", 0, spool, URI.create("https://leverans.example"), mode);
      server = Optional.of(new WebServer(settings, useCases(), readiness, sandbox));
    }
    return server.get();
  }

  private UseCases useCases() {
    var identities =
        new UseCases.Identities(
            createIdentity,
            readIdentities,
            requestVerification,
            verifyIdentity,
            command -> chooseChannel.choose(command),
            (caller, identity) -> chooseDefault.choose(caller, identity),
            (caller, identity, channel) -> presentIdentity.present(caller, identity, channel),
            command -> preflight.check(command));
    var channels =
        new UseCases.Channels(
            listChannelKinds,
            readChannels,
            command -> connectChannel.connect(command),
            command -> changeChannel.change(command),
            command -> removeChannel.remove(command),
            (caller, channel) -> testChannel.test(caller, channel),
            command -> moveWaitingMail.move(command));
    var messages =
        new UseCases.Messages(
            command -> acceptMessage.accept(command),
            listMessages,
            readMessage,
            readSentBytes,
            (caller, id) -> explainMessage.explain(caller, id),
            retryMessage,
            command -> rescheduleMessage.reschedule(command),
            (caller, message) -> cancelMessage.cancel(caller, message),
            resolveDoubt,
            command -> logMessage.log(command));
    var reports =
        new UseCases.Reports(
            query -> listReports.list(query),
            (caller, id) -> readRawReport.read(caller, id),
            command -> linkReport.link(command),
            (caller, id) -> dismissReport.dismiss(caller, id),
            (caller, id, correction) -> correctReport.correct(caller, id, correction),
            (caller, limit, after) -> exportSamples.export(caller, limit, after));
    var consents =
        new UseCases.Consents(
            command -> beginConsent.begin(command),
            leadToConsent,
            command -> concludeConsent.conclude(command));
    var domains =
        new UseCases.Domains(
            command -> addDomain.add(command),
            readDomains,
            command -> checkDomain.check(command),
            command -> rotateDomainKey.rotate(command),
            command -> removeDomain.remove(command));
    var failedMail =
        new UseCases.FailedMail(
            query -> listFailedDeliveries.list(query),
            command -> retryFailedDeliveries.retry(command),
            (caller, id) -> readRetry.read(caller, id));
    return new UseCases(
        identifyCaller,
        identities,
        channels,
        consents,
        domains,
        messages,
        failedMail,
        readEvents,
        reports,
        suppressions(),
        new UseCases.Persons(
            (command, copy) -> exportPerson.export(command, copy),
            command -> erasePerson.erase(command),
            (caller, id) -> readErasure.read(caller, id)),
        (caller, limit) -> listPlatformFaults.list(caller, limit));
  }

  private UseCases.Suppressions suppressions() {
    var list = new SuppressionListService(suppressionList, new CountingIds(), suppressionList::now);
    return new UseCases.Suppressions(list, list, list, list, importSuppressions, unsubscribe);
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server().port() + path);
  }

  /** A request of a caller with a key. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + KEY);
  }

  Answer get(String path) {
    return send(request(path));
  }

  Answer post(String path) {
    return send(request(path).POST(BodyPublishers.noBody()));
  }

  Answer post(String path, String json) {
    return ask("POST", path, json);
  }

  Answer put(String path) {
    return send(request(path).PUT(BodyPublishers.noBody()));
  }

  Answer put(String path, String json) {
    return ask("PUT", path, json);
  }

  Answer patch(String path, String json) {
    return ask("PATCH", path, json);
  }

  Answer delete(String path) {
    return send(request(path).DELETE());
  }

  /** A request with a body in JSON. */
  Answer ask(String method, String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    // The client first: a server that stops waits a second for connections that are kept alive.
    client.close();
    server.ifPresent(WebServer::close);
  }

  private static AssertionError unexpected() {
    return new AssertionError("this use case was not to be asked");
  }

  /** What came back. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new AssertionError(text(), e);
      }
    }

    /** The value at a JSON pointer, as text. */
    String at(String pointer) {
      return json().at(pointer).asText();
    }

    /** The last part of a problem's type. */
    String problem() {
      return at("/type").replaceFirst("^/problems/", "");
    }
  }

  /** Shows these channels to everybody. */
  record KnownChannels(List<ChannelView> channels) implements ReadChannels {
    @Override
    public List<ChannelView> list(Caller caller) {
      return channels;
    }

    @Override
    public Optional<ChannelView> read(Caller caller, ChannelId id) {
      return channels.stream().filter(view -> view.channel().id().equals(id)).findFirst();
    }
  }

  private static final class NobodyUnsubscribes implements Unsubscribe {
    @Override
    public Optional<Offer> lookUp(String code) {
      return Optional.empty();
    }

    @Override
    public Unsubscribe.Result unsubscribe(String code, Optional<EmailAddress> address) {
      return new Unsubscribe.Result.UnknownCode();
    }
  }

  private static final class NoImports implements ImportSuppressions {
    @Override
    public ImportSuppressions.Result begin(Caller caller, Iterator<Line> lines) {
      throw unexpected();
    }

    @Override
    public Optional<SuppressionImport> read(Caller caller, UUID id) {
      return Optional.empty();
    }

    @Override
    public Optional<Page<LineResult, Integer>> lines(LinesQuery query) {
      return Optional.empty();
    }
  }

  private static final class NoIdentities implements ReadIdentities {
    @Override
    public List<Identity> list(Caller caller) {
      return List.of();
    }

    @Override
    public Optional<Identity> read(Caller caller, IdentityId identity) {
      return Optional.empty();
    }
  }

  private static final class NoLinks implements VerifyIdentity {
    @Override
    public Optional<Identity> lookUp(LinkCode code) {
      return Optional.empty();
    }

    @Override
    public Optional<Identity> verify(LinkCode code) {
      return Optional.empty();
    }
  }

  /** Knows of no consent that was begun. */
  private static final class NoConsent implements LeadToConsent {
    @Override
    public Shown show(LinkCode ticket) {
      return new Gone();
    }

    @Override
    public Departing depart(LinkCode ticket) {
      return new Gone();
    }
  }
}
