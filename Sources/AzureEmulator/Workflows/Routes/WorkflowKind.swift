import EmulatorRuntime
import EmulatorWorkflows
import Foundation
import HTTPTypes

/// Workflows as a kind of resource: what is checked when one is written, and what the provider adds.
///
/// Source: "Workflows - Create Or Update", Logic Apps, API version 2019-05-01.
enum WorkflowKind {
    static let type = "Microsoft.Logic/workflows"

    static func kind(endpoints: Endpoints) -> ResourceKind {
        let origin = endpoints.resourceManager
        return ResourceKind(
            type: "workflows",
            hasIdentity: true,
            required: ["definition"],
            naming: (
                { name in name.wholeMatch(of: /[A-Za-z0-9_.()\-]{1,80}/) != nil },
                "it has 1 to 80 letters, digits, hyphens, underscores, periods and parentheses"
            )
        ) { resource, context throws(ManagementError) in
            try Self.complete(&resource, context, origin: origin)
        }
    }

    private static func complete(
        _ resource: inout KeptResource,
        _ context: ResourceKind.Context,
        origin: String
    ) throws(ManagementError) {
        let definition = try Self.checked(resource.properties)
        let state = resource.properties.member("state")?.string ?? "Enabled"
        guard ["enabled", "disabled"].contains(state.lowercased()) else {
            throw .badProperty("state", "is 'Enabled' or 'Disabled'")
        }
        // Source: "Authenticate access with managed identities in Azure Logic Apps": one kind, and one identity of it.
        let (identity, assigned) = (resource.identity, resource.identity.userAssigned.count)
        guard assigned <= 1, identity.systemPrincipalID == nil || assigned == 0 else {
            throw .badProperty("identity", "is one system-assigned identity, or one user-assigned one")
        }
        let isEnabled = state.lowercased() == "enabled"
        let old = context.old
        let isSame = ["definition", "parameters"].allSatisfy { name in
            (old?.properties.member(name) ?? .null).isSame(as: resource.properties.member(name) ?? .null)
        }
        let wasEnabled = old?.computed["state"]?.string == "Enabled"
        let changed = Instant.text(context.now)
        let version = old?.computed["version"]?.string
        resource.computed = [
            "provisioningState": "Succeeded", "createdTime": .string(Instant.text(resource.createdAt)),
            "changedTime": old == nil || !isSame || isEnabled != wasEnabled
                ? .string(changed) : old?.computed["changedTime"] ?? .string(changed),
            "state": isEnabled ? "Enabled" : "Disabled",
            "version": .string(isSame ? version ?? "" : RunName.version(at: context.now, after: version)),
            "accessEndpoint": .string("\(origin)/workflows/\(SignedWorkflowLinks.key(of: resource.id))"),
        ]
        Self.hideSecrets(of: definition, in: &resource)
    }

    /// The definition of a body's properties, once it is found to be right, and the parameters with it.
    @discardableResult
    static func checked(_ properties: JSON) throws(ManagementError) -> WorkflowDefinition {
        do throws(WorkflowMistake) {
            let definition = try WorkflowDefinition(properties.member("definition") ?? .null)
            _ = try definition.values(of: properties.member("parameters") ?? [:])
            return definition
        } catch {
            throw ManagementError(status: .badRequest, code: error.code, message: error.message)
        }
    }

    private static func hideSecrets(of definition: WorkflowDefinition, in resource: inout KeptResource) {
        guard var shown = resource.properties.member("parameters") else { return }
        let secret = definition.parameters.filter(\.isSecure).map(\.name)
        guard !secret.isEmpty else { return }
        for name in secret where shown[name] != nil { shown[name] = [:] }
        resource.computed["parameters"] = shown
    }

    /// The workflow with its triggers on or off.
    static func restated(_ workflow: KeptResource, isEnabled: Bool, now: Date) -> KeptResource {
        let state = isEnabled ? "Enabled" : "Disabled"
        guard workflow.computed["state"]?.string != state else { return workflow }
        var changed = workflow
        changed.properties["state"] = .string(state)
        changed.computed["state"] = .string(state)
        changed.computed["changedTime"] = .string(Instant.text(now))
        changed.changedAt = now
        changed.revision += 1
        return changed
    }
}
