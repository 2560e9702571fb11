package import FoundationEssentials

/// What one look at some instances showed.
package struct AlertRound: Sendable {
    /// What is wrong.
    package var alerts: [Alert]
    /// The instances that were looked at, with their names; of others nothing is known.
    package var observed: [InstanceKey: String]
    /// The keys that instances had while their resource ids were not known, with the keys that they have.
    package private(set) var nicknames: [InstanceKey: InstanceKey] = [:]
    /// When the look was taken.
    package var at: Date
    /// Whether nothing more is to be waited for, so that incidents are told without gathering.
    package var isFinal: Bool

    /// Creates a round.
    ///
    /// - Parameters:
    ///   - alerts: What is wrong.
    ///   - observed: The instances that were looked at, with their names.
    ///   - at: When the look was taken.
    ///   - isFinal: Whether nothing more is to be waited for.
    package init(alerts: [Alert], observed: [InstanceKey: String], at: Date, isFinal: Bool = false) {
        self.alerts = alerts
        self.observed = observed
        self.at = at
        self.isFinal = isFinal
    }

    /// Looks at instances.
    ///
    /// - Parameters:
    ///   - watches: What is known of them.
    ///   - rules: When something is worth telling.
    ///   - at: The present instant.
    ///   - isFinal: Whether nothing more is to be waited for.
    package init(_ watches: [InstanceWatch], rules: AlertRules, at: Date, isFinal: Bool = false) {
        self.init(
            alerts: watches.flatMap { $0.alerts(at: at, rules: rules) },
            observed: Dictionary(watches.map { ($0.key, $0.instance.name) }) { first, _ in first },
            at: at,
            isFinal: isFinal
        )
    }

    /// Adds that an instance was known by another key while its resource id was not.
    ///
    /// - Parameters:
    ///   - nickname: That key; incidents that have the instance under it have it under its own from now on.
    ///   - instance: The instance.
    package mutating func add(nickname: InstanceKey, of instance: ResourceID) {
        self.nicknames[nickname] = InstanceKey(instance)
    }

    /// Adds instances of which nothing can be said, since their catalog cannot be read.
    ///
    /// - Parameters:
    ///   - instances: The instances.
    ///   - storageAccount: The account of the catalog.
    ///   - error: Why it cannot be read.
    package mutating func add(unreadable instances: [ResourceID], storageAccount: String, _ error: BackupError) {
        for instance in instances {
            let key = InstanceKey(instance)
            self.observed[key] = instance.name
            self.alerts.append(
                Alert(
                    kind: .catalogUnreadable,
                    cause: AlertCause(error.code, storageAccount: storageAccount),
                    instance: key,
                    name: instance.name,
                    since: self.at,
                    hasKnownBegin: false,
                    text: "The catalog in \(storageAccount) cannot be read.",
                    error: error
                )
            )
        }
    }

    /// Adds an instance that no run can begin of, unless something worse is known of it.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - name: Its name.
    ///   - storageAccount: The account that its backups should go to.
    ///   - isInventoryOnly: Whether only its inventory is taken.
    ///   - isMuted: Whether nobody is to be told now, since its schedule is paused.
    ///   - error: Why no run can begin.
    package mutating func add(
        unattended instance: InstanceKey,
        name: String,
        storageAccount: String,
        isInventoryOnly: Bool = false,
        isMuted: Bool = false,
        _ error: BackupError
    ) {
        self.observed[instance] = name
        // What it lacks is told for one reason at a time: what the doctor says of it is why, or says the same.
        for index in self.alerts.indices where self.alerts[index].instance == instance {
            if self.alerts[index].kind == .degraded { self.alerts[index].isMuted = true }
        }
        guard
            !self.alerts.contains(where: {
                $0.instance == instance && ($0.kind.isLapse || $0.kind == .catalogUnreadable)
            })
        else { return }
        var alert = Alert(
            kind: isInventoryOnly ? .inventoryMissing : .failed,
            cause: AlertCause(error.code, storageAccount: storageAccount),
            instance: instance,
            name: name,
            since: self.at,
            hasKnownBegin: false,
            text: "No run can begin.",
            error: error,
            isMuted: isMuted
        )
        alert.isUnattended = true
        self.alerts.append(alert)
    }
}
