/// What runs the backups: Azure's own job with the calls in it, or our program.
package enum DeploymentHost: String, Sendable, CaseIterable {
    /// A Logic App, the original design.
    case logicApp = "logic-app"
    /// A Container Apps job that runs our program.
    case containerAppJob = "container-app-job"

    /// The host's template.
    package var template: TemplateDocument {
        switch self {
        case .logicApp: LogicAppTemplate.document
        case .containerAppJob: ContainerAppJobTemplate.document
        }
    }

    /// The name of the template's file in `deploy/`, without its ending.
    package var fileName: String {
        switch self {
        case .logicApp: "azuredeploy"
        case .containerAppJob: "azuredeploy.container-app-job"
        }
    }

    /// Whether the host keeps records, in a container of their own.
    package var keepsRecords: Bool { self == .containerAppJob }

    /// The input that says whether the host may delete backups.
    package var deletes: TemplateParameter {
        switch self {
        case .logicApp: LogicAppInputs.deletesExpired
        case .containerAppJob: JobInputs.deletes
        }
    }

    /// A file of parameters that names the inputs a person must give.
    ///
    /// Source: <https://learn.microsoft.com/azure/azure-resource-manager/templates/parameter-files>
    package var parameters: TemplateValue {
        let required = self.template.parameters.filter(\.isRequired)
        return [
            "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
            "contentVersion": "1.0.0.0",
            "parameters": .object(required.map { .init($0.name, ["value": .text(Self.example($0.name))]) }),
        ]
    }

    private static func example(_ name: String) -> String {
        switch name {
        case BackupInputs.instance.name: "contoso-apim"
        case BackupInputs.storageAccount.name: "contosobackups"
        default: "registry.example.com/apim-backup@sha256:DIGEST"
        }
    }
}
