import EmulatorRuntime
import HTTPTypes

/// What the properties of a job say, read and checked.
///
/// Source: `JobConfiguration` and `JobTemplate` of the specification of Microsoft.App, 2025-07-01.
struct JobDefinition: Sendable, Equatable {
    /// What starts a job.
    enum Trigger: Sendable, Equatable {
        case schedule(UTCCron)
        case manual
        /// What counts messages elsewhere, which never happens here.
        case event
    }

    /// What starts it beside a call.
    var trigger: Trigger
    /// How many seconds a replica may take.
    var replicaTimeout: Int
    /// How often a failed replica is run again.
    var replicaRetryLimit: Int
    /// How many replicas run at once.
    var parallelism: Int
    /// How many replicas must succeed.
    var completions: Int
    /// What runs first, one after the other.
    var initContainers: [JobContainer]
    /// What runs then, all at once.
    var containers: [JobContainer]
    /// The volumes that containers mount.
    var volumes: [JobVolume]

    /// Reads the properties of a job.
    init(_ properties: JSON) throws(ManagementError) {
        guard let configuration = properties.member("configuration") else {
            throw .badJob("configuration", "is missing")
        }
        let section: JSON?
        switch configuration.member("triggerType")?.string?.lowercased() {
        case "schedule":
            section = configuration.member("scheduleTriggerConfig")
            let text = section?.member("cronExpression")?.string ?? ""
            guard let cron = UTCCron(text) else {
                throw .badJob("configuration.scheduleTriggerConfig.cronExpression", "'\(text)' is no cron expression")
            }
            self.trigger = .schedule(cron)
        case "manual":
            section = configuration.member("manualTriggerConfig")
            self.trigger = .manual
        case "event":
            section = configuration.member("eventTriggerConfig")
            self.trigger = .event
        default: throw .badJob("configuration.triggerType", "must be Schedule, Event or Manual")
        }
        guard let timeout = configuration.member("replicaTimeout")?.integer, timeout > 0 else {
            throw .badJob("configuration.replicaTimeout", "must be a whole number of seconds")
        }
        self.replicaTimeout = timeout
        self.replicaRetryLimit = max(0, configuration.member("replicaRetryLimit")?.integer ?? 0)
        self.parallelism = max(1, section?.member("parallelism")?.integer ?? 1)
        self.completions = max(1, section?.member("replicaCompletionCount")?.integer ?? 1)
        let names = Set((configuration.member("secrets")?.array ?? []).compactMap { $0.member("name")?.string })
        let template = properties.member("template") ?? [:]
        self.volumes = try JobVolume.volumes(template.member("volumes"), secrets: names)
        self.initContainers = try Self.containers(template.member("initContainers"), secrets: names)
        self.containers = try Self.containers(template.member("containers"), secrets: names)
        let known = Set(self.volumes.map(\.name))
        for container in self.initContainers + self.containers {
            for (volume, _) in container.mounts where !known.contains(volume) {
                throw .badContainer(
                    container.name,
                    "volumeMounts",
                    "names the volume '\(volume)', which the job does not have"
                )
            }
        }
        if self.containers.isEmpty { throw .badJob("template.containers", "is empty") }
    }

    private static func containers(_ json: JSON?, secrets: Set<String>) throws(ManagementError) -> [JobContainer] {
        var containers: [JobContainer] = []
        for element in json?.array ?? [] { containers.append(try JobContainer(element, secrets: secrets)) }
        return containers
    }
}

extension ManagementError {
    /// A job with a property that is missing or wrong; code and words are ours.
    static func badJob(_ property: String, _ fault: String) -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "InvalidRequestContent",
            message: "The request content was invalid: 'properties.\(property)' \(fault)."
        )
    }
}
