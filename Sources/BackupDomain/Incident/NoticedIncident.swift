package import FoundationEssentials

/// An incident as a notice tells of it.
package struct NoticedIncident: Sendable, Codable, Hashable {
    /// The incident's id.
    package var id: String
    /// What is wrong.
    package var kind: AlertKind
    /// Why.
    package var cause: AlertCause
    /// When it was noticed.
    package var openedAt: Date
    /// When it was over; nil while it is open.
    package var closedAt: Date?
    /// How many instances it concerns; after its end, how many it concerned at most.
    package var instances: Int
    /// How many of its instances have recovered.
    package var recovered: Int
    /// True where no run of some instance could begin; nil where runs failed.
    package var isUnattended: Bool?

    /// Takes over what a notice tells.
    ///
    /// - Parameter incident: The incident.
    package init(_ incident: Incident) {
        self.id = incident.id
        self.kind = incident.kind
        self.cause = incident.cause
        self.openedAt = incident.openedAt
        self.closedAt = incident.closedAt
        self.instances = incident.isOpen ? incident.members.count : incident.mostMembers
        self.recovered = incident.recovered
        self.isUnattended = incident.isUnattended
    }
}
