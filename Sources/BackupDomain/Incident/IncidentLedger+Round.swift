import FoundationEssentials

extension IncidentLedger {
    /// How long a sighting of a member lasts before it is noted anew.
    private static let sighting = 43_200.0
    /// After how long an instance that nobody looked at is let go.
    private static let oblivion = 3 * 86_400.0

    /// Takes in what a look showed: opens incidents, lets instances go that are well, and writes the notices that are due.
    ///
    /// - Parameters:
    ///   - round: What the look showed.
    ///   - rules: When something is told.
    ///   - routes: Who is told what.
    package mutating func take(_ round: AlertRound, rules: AlertRules, routes: [NoticeRoute]) {
        let closed = self.release(round)
        self.admit(round)
        for index in self.incidents.indices {
            if self.incidents[index].isOpen {
                self.announce(index, round, rules, routes)
            } else if closed.contains(self.incidents[index].id) {
                self.announceEnd(index, round, routes)
            }
        }
        self.trim(at: round.at)
    }

    /// Lets instances go, and returns the ids of the incidents that are over by that.
    private mutating func release(_ round: AlertRound) -> Set<String> {
        let alerts = Dictionary(grouping: round.alerts, by: \.instance)
        let over = self.incidents.filter { !$0.isOpen }.map(\.id)
        for index in self.incidents.indices where self.incidents[index].isOpen {
            for (nickname, key) in round.nicknames { self.incidents[index].rename(nickname, to: key) }
            for (text, member) in self.incidents[index].members {
                guard let key = InstanceKey(text: text), let name = round.observed[key] else {
                    if member.seenAt + Self.oblivion <= round.at { self.incidents[index].members[text] = nil }
                    continue
                }
                let found = alerts[key] ?? []
                let incident = self.incidents[index]
                if found.contains(where: incident.covers) { continue }
                // While its catalog cannot be read, nothing is known of what else was wrong.
                if found.contains(where: { $0.kind == .catalogUnreadable }), incident.kind != .catalogUnreadable {
                    if member.seenAt + Self.sighting <= round.at {
                        self.incidents[index].members[text]?.seenAt = round.at
                    }
                    continue
                }
                // What goes on for another reason, or in another way, has not recovered: another incident tells of it.
                let goesOn = found.contains { alert in
                    alert.kind == incident.kind || (alert.kind.isLapse && incident.kind.isLapse)
                }
                if goesOn {
                    self.incidents[index].members[text] = nil
                } else {
                    self.incidents[index].recover(key, name: name)
                }
            }
            if self.incidents[index].members.isEmpty { self.incidents[index].closedAt = round.at }
        }
        return Set(self.incidents.filter { $0.closedAt == round.at }.map(\.id)).subtracting(over)
    }

    private mutating func admit(_ round: AlertRound) {
        var members = self.open.reduce(0) { $0 + $1.members.count }
        for alert in round.alerts.sorted(by: Self.precedes) {
            let place = self.incidents.firstIndex { $0.isOpen && $0.covers(alert) }
            if let place, self.incidents[place].members[alert.instance.text] != nil {
                self.incidents[place].admit(alert, at: round.at, sighting: Self.sighting)
                continue
            }
            guard !alert.isMuted, members < Self.mostMembers else { continue }
            members += 1
            if let place {
                self.incidents[place].admit(alert, at: round.at, sighting: Self.sighting)
            } else {
                var incident = self.incident(like: alert, round)
                incident.admit(alert, at: round.at, sighting: Self.sighting)
                self.incidents.append(incident)
            }
        }
    }

    /// Opens the incident of an alert and of all others for the same reason.
    private func incident(like alert: Alert, _ round: AlertRound) -> Incident {
        let peers = round.alerts.filter { $0.kind == alert.kind && $0.cause == alert.cause && !$0.isMuted }
        let founder = peers.min { ($0.since, $0.instance) < ($1.since, $1.instance) } ?? alert
        let incident = Incident(of: founder, openedAt: round.at)
        let isKnown = self.incidents.contains { $0.id == incident.id }
        let isTold = self.notices.contains { $0.incident?.id == incident.id }
        return isKnown || isTold ? Incident(of: founder, openedAt: round.at, isRecurrence: true) : incident
    }

    private static func precedes(_ first: Alert, _ second: Alert) -> Bool {
        let kinds = AlertKind.allCases
        let ranks = [first, second].map { alert in kinds.firstIndex(of: alert.kind) ?? 0 }
        return (ranks[0], first.cause, first.instance) < (ranks[1], second.cause, second.instance)
    }

    private mutating func announce(_ index: Int, _ round: AlertRound, _ rules: AlertRules, _ routes: [NoticeRoute]) {
        let incident = self.incidents[index]
        let voices = round.alerts.filter { alert in
            incident.covers(alert) && !alert.isMuted && incident.members[alert.instance.text] != nil
        }
        guard !voices.isEmpty, let event = incident.dueEvent(round, rules) else { return }
        self.incidents[index].tell(at: round.at)
        self.write(event, index, voices, round, routes)
    }

    /// Tells that an incident is over: to whom it was told at all, and where it did not only go on as another one.
    private mutating func announceEnd(_ index: Int, _ round: AlertRound, _ routes: [NoticeRoute]) {
        let incident = self.incidents[index]
        guard incident.toldAt != nil, incident.recovered > 0 else { return }
        self.write(.recovered, index, [], round, routes)
    }

    private mutating func write(
        _ event: Notice.Event,
        _ index: Int,
        _ voices: [Alert],
        _ round: AlertRound,
        _ routes: [NoticeRoute]
    ) {
        let incident = self.incidents[index]
        var notice = Notice(
            id: "\(incident.id)-\(event.rawValue)-\(incident.timesTold)",
            event: event,
            at: round.at
        )
        notice.incident = NoticedIncident(incident)
        notice.lines = Array(Self.lines(incident, voices).prefix(Notice.mostLines))
        notice.error = voices.lazy.compactMap(\.error).first
        self.send(notice, routes)
    }

    private static func lines(_ incident: Incident, _ voices: [Alert]) -> [Notice.Line] {
        guard incident.isOpen else {
            return incident.recoveredNames.map { Notice.Line(name: $0, key: "", text: nil, run: nil) }
        }
        let told = voices.sorted { $0.instance < $1.instance }.map { alert in
            Notice.Line(name: alert.name, key: alert.instance.text, text: alert.text, run: alert.run)
        }
        let known = Set(told.map(\.key))
        let others = incident.members.keys.filter { !known.contains($0) }.sorted().map { key in
            Notice.Line(name: InstanceKey(text: key)?.instanceName ?? key, key: key, text: nil, run: nil)
        }
        return told + others
    }

    /// Keeps the document small.
    private mutating func trim(at now: Date) {
        let over = self.incidents.filter { !$0.isOpen }
        let dropped = Set(
            over.filter { $0.toldAt == nil }.map(\.id)
                + over.filter { $0.toldAt != nil }.dropLast(Self.mostClosed).map(\.id)
        )
        self.incidents.removeAll { dropped.contains($0.id) }
        self.trimNotices(at: now)
    }
}

extension Incident {
    /// Whether it concerns at least twice as many instances as were told of.
    var hasDoubled: Bool { self.members.count >= max(2, 2 * self.toldMembers) && self.members.count > self.toldMembers }

    /// What is to be told of it now; nil for nothing.
    fileprivate func dueEvent(_ round: AlertRound, _ rules: AlertRules) -> Notice.Event? {
        guard let toldAt = self.toldAt else {
            return round.isFinal || self.openedAt + rules.gathering.timeInterval <= round.at ? .opened : nil
        }
        if self.hasDoubled, toldAt + rules.growth.timeInterval <= round.at { return .grown }
        if let reminder = rules.reminder, toldAt + reminder.timeInterval <= round.at { return .reminder }
        return nil
    }
}
