package io.leverans.bootstrap.wiring;

import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.in.CarryOutErasures;
import io.leverans.application.port.in.CarryOutRetries;
import io.leverans.application.port.in.ClaimDueMail;
import io.leverans.application.port.in.ClearConsents;
import io.leverans.application.port.in.ExpireMail;
import io.leverans.application.port.in.FollowMailboxes;
import io.leverans.application.port.in.GiveUpMail;
import io.leverans.application.port.in.HandBackClaims;
import io.leverans.application.port.in.InquireDoubts;
import io.leverans.application.port.in.MendFailureRecords;
import io.leverans.application.port.in.NumberEvents;
import io.leverans.application.port.in.PurgeOldMail;
import io.leverans.application.port.in.RenewLeases;
import io.leverans.application.port.in.TendChannels;
import io.leverans.application.port.in.TendDomains;
import io.leverans.application.port.in.WatchPlatform;
import io.leverans.application.port.in.WorkOnImports;
import io.leverans.bootstrap.runtime.Visitors;
import io.leverans.domain.bounce.ReportInbox;
import io.leverans.web.UseCases;

/** What a node does: for those who call it, and by itself. */
record Engine(
    UseCases useCases,
    Administration administration,
    ClaimDueMail claimDueMail,
    CarryOutDispatch carryOutDispatch,
    GiveUpMail giveUpMail,
    RenewLeases renewLeases,
    HandBackClaims handBackClaims,
    NumberEvents numberEvents,
    TendChannels tendChannels,
    InquireDoubts inquireDoubts,
    ExpireMail expireMail,
    ClearConsents clearConsents,
    TendDomains tendDomains,
    PurgeOldMail purgeOldMail,
    WorkOnImports workOnImports,
    MendFailureRecords mendFailureRecords,
    CarryOutRetries carryOutRetries,
    CarryOutErasures carryOutErasures,
    WatchPlatform watchPlatform,
    ReportInbox reportInbox,
    FollowMailboxes followMailboxes,
    Visitors visitors) {}
