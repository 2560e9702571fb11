/// One Container Apps job for all instances of a settings file: one role assignment for each, one pair of alerts.
///
/// Unlike the templates for one instance it is made for certain instances: they were looked at before, so that it needs to
/// look at none.
package struct FleetTemplate: Sendable, Hashable {
    /// Where the job finds the settings.
    package static let settingsFolder = "/etc/apim-backup"
    private static let settingsFile = "apim-backup.yaml"
    /// What the names of a fleet's resources derive from, beside the resource group.
    package static let subject = "all"

    /// The instances.
    package var members: [FleetMember]
    /// Further variables of the job, by name; no secrets.
    package var variables: [String: String]
    /// The names of variables that hold secrets; each has an input of its own.
    package var secretVariables: [String]

    /// Creates a template.
    package init(members: [FleetMember], variables: [String: String] = [:], secretVariables: [String] = []) {
        self.members = members
        self.variables = variables
        self.secretVariables = secretVariables
    }

    /// The template.
    package var document: TemplateDocument {
        let roles = FleetRoles(members: self.members)
        let containers = self.containers
        let resources = self.job
        return TemplateDocument(
            parameters: FleetInputs.all + [FleetInputs.settings] + self.secretVariables.map(FleetInputs.secret),
            variables: resources.templateVariables,
            resources: containers.map(\.resource) + resources.surroundings
                + roles.deployments(after: containers.map(\.id)).map(\.resource)
                + self.jobs(resources, after: (containers + roles.deployments(after: [])).map(\.id))
                + self.alerts.resources,
            outputs: [
                ("jobId", .variable("jobId")), ("startedJobId", Self.startedID),
                ("principalId", JobResources.principal),
            ]
        )
    }

    private static let startedName: TemplateExpression = .format("apim-backup-now-{0}", .variable("suffix"))
    private static let startedID: TemplateExpression = .resourceID(ResourceTypes.jobs.rawValue, startedName)

    /// The job of the schedule, and one beside it that is started by hand and backs up at once: a start may change a job's
    /// arguments, but the specification lets it name no volume.
    ///
    /// Source: `JobExecutionContainer` of the specification of Microsoft.App, 2025-07-01
    private func jobs(_ resources: JobResources, after roles: [TemplateExpression]) -> [TemplateResource] {
        var started = resources
        started.isScheduled = false
        started.arguments = .array(Self.arguments)
        return [resources.job(after: roles), started.job(Self.startedName, after: roles)]
    }

    /// What backs up all instances now.
    private static let arguments: [TemplateValue] = [
        "run", "--all", "--settings", .text("\(settingsFolder)/\(settingsFile)"), "--format", "json",
    ]

    private var parts: AlertParts {
        AlertParts(
            subject: .literal(Self.subject),
            shown: .literal(self.members.count == 1 ? "1 instance" : "\(self.members.count) instances"),
            after: []
        )
    }

    private var job: JobResources {
        JobResources(
            subject: .literal(Self.subject),
            after: [],
            alerts: self.parts,
            arguments: .array(Self.arguments + ["--due"]),
            variables: JobEnvironment.ofIdentity
                + self.variables.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) }
                + self.secretVariables.map { ($0, ["secretRef": .text(JobSecret.name(of: $0))]) },
            secrets: [.init(JobSecret.settings, .expression(FleetInputs.settings.reference))]
                + self.secretVariables.map {
                    .init(JobSecret.name(of: $0), .expression(FleetInputs.secret($0).reference))
                },
            mount: (Self.settingsFolder, [(Self.settingsFile, JobSecret.settings)])
        )
    }

    /// The containers, in a nested deployment for each resource group.
    private var containers: [NestedDeployment] {
        let groups = Dictionary(grouping: self.members) { $0.accountGroup.lowercased() }.sorted { $0.key < $1.key }
        return groups.enumerated().map { index, group in
            let places = Set(
                group.value.flatMap { member in
                    (member.isInventoryOnly ? [] : [member.container]).map { "\(member.account)/default/\($0)" }
                        + ["\(member.account)/default/\(member.catalogContainer)"]
                }
            )
            return NestedDeployment(
                "backup-storage-\(index + 1)",
                in: .literal(group.value[0].accountGroup),
                arguments: [],
                TemplateDocument(
                    resources: places.sorted().map { name in
                        TemplateResource(
                            ResourceTypes.containers.rawValue,
                            ResourceTypes.containers.apiVersion,
                            name: .text(name),
                            [.init("properties", ["publicAccess": "None"])]
                        )
                    }
                )
            )
        }
    }

    /// A missed night is one without a good backup, or an inventory, of an instance that the template names.
    private var alerts: JobAlerts {
        let isGood = self.members.contains(where: \.isInventoryOnly) ? JobAlerts.isGoodOrInventory : JobAlerts.isGood
        let names = Set(self.members.map { $0.instance.lowercased() }).sorted().map { "'\($0)'" }
        return JobAlerts(
            parts: self.parts,
            isGood: isGood,
            missed: JobAlerts.query(
                "datatable(name: string)[\(names.joined(separator: ", "))] | join kind=leftanti (\(JobAlerts.lines) "
                    + "| where TimeGenerated > ago(\(JobAlerts.patience)) and \(isGood) "
                    + "| project name = tolower(tostring(parse_json(Log).instance))) on name "
                    + "| where now() > datetime({1}) + \(JobAlerts.grace)"
            )
        )
    }
}
