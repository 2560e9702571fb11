extension IncidentLedger {
    /// Takes in what a process wrote down for itself while it could not write here.
    ///
    /// It began with what stood here then, so that the same incident or notice may be in both: what is further on wins. An
    /// incident of its own joins the one that is open here for the same reason.
    ///
    /// - Parameter other: The process's own ledger.
    package mutating func adopt(_ other: IncidentLedger) {
        for incident in other.incidents {
            if let index = self.incidents.firstIndex(where: { $0.id == incident.id }) {
                let isFurther = incident.timesTold > self.incidents[index].timesTold || !incident.isOpen
                if isFurther, self.incidents[index].isOpen { self.incidents[index] = incident }
            } else if let index = self.incidents.firstIndex(where: { own in
                own.isOpen && own.kind == incident.kind && own.cause == incident.cause
            }) {
                if incident.isOpen { self.incidents[index].members.merge(incident.members) { own, _ in own } }
            } else {
                self.incidents.append(incident)
            }
        }
        for notice in other.notices {
            guard let index = self.notices.firstIndex(where: { $0.id == notice.id }) else {
                if !notice.isSettled { self.notices.append(notice) }
                continue
            }
            self.notices[index].deliveries.merge(notice.deliveries) { own, other in
                own.state == .pending && other.attempts >= own.attempts ? other : own
            }
        }
        self.channels.merge(other.channels) { own, other in other.failures >= own.failures ? other : own }
        self.digests.merge(other.digests) { own, other in other.dueAt > own.dueAt ? other : own }
    }
}
