package import FoundationEssentials

extension IncidentLedger {
    /// How long a process has for what it claimed.
    private static let claim = 300.0
    /// How many channels are remembered.
    private static let mostChannels = 50

    /// Notes what became of a sign of life, which is no notice and is not tried again.
    ///
    /// - Parameters:
    ///   - failure: Why it was not heard; nil where it was.
    ///   - name: The name under which its monitor stands beside the channels.
    ///   - now: The present instant.
    package mutating func note(sign failure: BackupError?, of name: String, at now: Date) {
        self.channels[name, default: ChannelHealth()].note(failure, isAbandoned: false, at: now)
    }

    /// Writes a notice down for all channels that are to be told.
    ///
    /// - Parameters:
    ///   - notice: The notice.
    ///   - routes: Who is told what.
    mutating func send(_ notice: Notice, _ routes: [NoticeRoute]) {
        var notice = notice
        for route in routes where route.takes(notice) {
            notice.deliveries[route.channel] = NoticeDelivery(dueAt: notice.at)
        }
        guard !notice.deliveries.isEmpty else { return }
        self.notices.append(notice)
    }

    /// Claims what is to be sent now: per channel all that waits, oldest first, once the oldest is due.
    ///
    /// - Parameters:
    ///   - channels: The channels that the caller can send on.
    ///   - now: The present instant.
    /// - Returns: The notices with the channels to send each on, in the order in which they are to be sent.
    package mutating func claim(for channels: [String], at now: Date) -> [(notice: Notice, channel: String)] {
        var claims: [(notice: Notice, channel: String)] = []
        for channel in channels {
            let waiting = self.notices.indices.filter { self.notices[$0].deliveries[channel]?.state == .pending }
            guard let first = waiting.first, let oldest = self.notices[first].deliveries[channel], oldest.dueAt <= now,
                !waiting.contains(where: { index in
                    self.notices[index].deliveries[channel]?.claimedUntil.map { $0 > now } ?? false
                })
            else { continue }
            for index in waiting {
                self.notices[index].deliveries[channel]?.claimedUntil = now + Self.claim
                claims.append((self.notices[index], channel))
            }
        }
        return claims
    }

    /// Notes what came of sending a notice.
    ///
    /// - Parameters:
    ///   - notice: The notice's id.
    ///   - channel: The channel's name.
    ///   - failure: Why it failed; nil where the channel took it.
    ///   - now: The present instant.
    package mutating func settle(_ notice: String, on channel: String, _ failure: BackupError?, at now: Date) {
        guard let index = self.notices.firstIndex(where: { $0.id == notice }),
            var delivery = self.notices[index].deliveries[channel], delivery.state == .pending
        else { return }
        delivery.settle(failure, writtenAt: self.notices[index].at, at: now)
        self.notices[index].deliveries[channel] = delivery
        var health = self.channels[channel] ?? ChannelHealth()
        health.note(failure, isAbandoned: delivery.state == .abandoned, at: now)
        if self.channels[channel] != nil || self.channels.count < Self.mostChannels { self.channels[channel] = health }
        self.trimNotices(at: now)
    }

    /// Puts back what was claimed and not sent, so that it is sent without delay.
    ///
    /// - Parameters:
    ///   - notice: The notice's id.
    ///   - channel: The channel's name.
    package mutating func unclaim(_ notice: String, on channel: String) {
        guard let index = self.notices.firstIndex(where: { $0.id == notice }) else { return }
        self.notices[index].deliveries[channel]?.claimedUntil = nil
    }

    /// Writes the morning's line, if this morning's has not been written.
    ///
    /// The first time that a set of instances is seen only makes a beginning: the first line comes on the next morning.
    ///
    /// - Parameters:
    ///   - verdicts: How each instance stands.
    ///   - contents: How many things changed in each instance whose inventories were compared.
    ///   - dueAt: The newest time at which a line was due.
    ///   - now: The present instant.
    ///   - routes: Who is told what.
    package mutating func digest(
        _ verdicts: [InstanceKey: ProtectionStatus.Verdict],
        contents: [InstanceKey: Int] = [:],
        dueAt: Date,
        at now: Date,
        routes: [NoticeRoute]
    ) {
        let set = StableHash(verdicts.keys.sorted().map(\.text).joined(separator: " ")).hex(16)
        let before = self.digests[set]
        guard before.map({ $0.dueAt < dueAt }) ?? true else { return }
        let mine = self.open.filter { incident in
            verdicts.keys.contains { incident.members[$0.text] != nil }
        }
        let digest = DailyDigest(
            dueAt: dueAt,
            verdicts: verdicts,
            openIncidents: mine.count,
            contents: contents,
            before: before
        )
        self.digests[set] = digest
        self.digests = self.digests.filter { $0.value.dueAt + 7 * 86_400 > dueAt }
        guard before != nil else { return }
        var notice = Notice(id: "\(set)-digest-\(dueAt.compact)", event: .digest, at: now)
        notice.digest = digest
        self.send(notice, routes)
    }

    /// Drops the oldest notices beyond what is kept, and gives up what nobody sends.
    mutating func trimNotices(at now: Date) {
        for index in self.notices.indices {
            let writtenAt = self.notices[index].at
            for channel in self.notices[index].deliveries.keys.sorted() {
                self.notices[index].deliveries[channel]?.expire(writtenAt: writtenAt, at: now)
            }
        }
        let settled = self.notices.filter(\.isSettled).dropLast(Self.mostSettled).map(\.id)
        let pending = self.notices.filter { !$0.isSettled }.dropLast(Self.mostPending).map(\.id)
        let dropped = Set(settled + pending)
        self.notices.removeAll { dropped.contains($0.id) }
    }
}
