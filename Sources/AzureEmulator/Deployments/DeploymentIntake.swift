import EmulatorDeployments
import EmulatorRuntime
import Foundation
import HTTPTypes

/// Reads what is to be deployed, plans it, and refuses what cannot be deployed.
///
/// Source: "Deployments - Create Or Update", Resource Manager, API version 2021-04-01.
struct DeploymentIntake: Sendable {
    let providers: [any ResourceProvider]
    let environment: JSON
    let identifiers: any IdentifierSource

    /// Reads the body of a deployment.
    func proposal(
        _ body: JSON,
        name: String,
        place: DeploymentPlace,
        caller: Principal,
        in state: CloudState,
        now: Date
    ) throws(ManagementError) -> DeploymentProposal {
        guard let properties = body.member("properties"), properties.object != nil else {
            throw .invalidContent("Required property 'properties' not found in JSON.")
        }
        for unknown in ["templateLink", "parametersLink", "onErrorDeployment"]
        where properties.member(unknown).map({ !$0.isNull }) == true {
            throw .notEmulated("'\(unknown)' of a deployment")
        }
        guard let template = properties.member("template") else {
            throw .invalidContent("Required property 'template' not found in JSON.")
        }
        try Self.checkMode(properties.member("mode")?.string)
        // A whole parameters file may stand here, as users send it with a plain request.
        let sent = properties.member("parameters") ?? [:]
        let nested = NestedParts(
            template: template,
            parameters: sent.member("$schema") == nil ? sent : sent.member("parameters") ?? [:],
            location: body.member("location")?.string,
            tags: try body.member("tags").map { tags throws(ManagementError) in
                try .read(tags, or: .invalidContent("tags must be strings"))
            } ?? [:]
        )
        return try self.proposal(nested, name: name, place: place, outer: nil, caller: caller, in: state, now: now)
    }

    /// Reads a nested deployment.
    func proposal(
        _ nested: NestedDeployment,
        name: String,
        place: DeploymentPlace,
        caller: Principal,
        in state: CloudState,
        now: Date
    ) throws(ManagementError) -> DeploymentProposal {
        try Self.checkMode(nested.mode)
        let parts = NestedParts(
            template: nested.template,
            parameters: nested.parameters,
            location: nested.location,
            tags: [:]
        )
        return try self.proposal(
            parts,
            name: name,
            place: place,
            outer: nested.surroundings,
            caller: caller,
            in: state,
            now: now
        )
    }

    private struct NestedParts {
        var template: JSON
        var parameters: JSON
        var location: String?
        var tags: [String: String]
    }

    private static func checkMode(_ mode: String?) throws(ManagementError) {
        switch mode?.lowercased() {
        case "incremental": return
        case "complete": throw .notEmulated("the mode 'Complete', which deletes what a template does not name,")
        default: throw .invalidContent("The 'mode' of the deployment is missing or unknown.")
        }
    }

    /// The place by the name that its group has.
    private static func found(_ place: DeploymentPlace, in state: CloudState) throws(ManagementError) -> DeploymentPlace
    {
        guard let name = place.groupName else { return place }
        guard let group = state.group(of: place) else { throw .groupNotFound(name) }
        var found = place
        found.groupName = group.name
        return found
    }

    private func proposal(
        _ parts: NestedParts,
        name: String,
        place: DeploymentPlace,
        outer: DeploymentSurroundings?,
        caller: Principal,
        in state: CloudState,
        now: Date
    ) throws(ManagementError) -> DeploymentProposal {
        // Source: "Naming rules and restrictions for Azure resources".
        guard name.wholeMatch(of: /[A-Za-z0-9_().-]{1,64}/) != nil else { throw .invalidDeploymentName(name) }
        if place.groupName == nil, parts.location == nil { throw .deploymentLocationRequired(name) }
        let place = try Self.found(place, in: state)
        let surroundings =
            outer
            ?? DeploymentSurroundings(
                place,
                deployment: name,
                location: parts.location,
                template: parts.template,
                caller: caller,
                environment: self.environment,
                in: state
            )
        let identifiers = self.identifiers
        do throws(TemplateMistake) {
            let template = try Template(parts.template, isOfGroup: place.groupName != nil)
            let binding = ParameterBinding(
                template: template,
                surroundings: surroundings,
                source: ParameterDefaults(now: now) { identifiers.nextText() }
            )
            let parameters = try binding.values(parts.parameters)
            let plan = try DeploymentPlan(
                template: template,
                surroundings: surroundings,
                parameters: parameters,
                place: place
            )
            return DeploymentProposal(
                name: name,
                place: place,
                location: parts.location,
                tags: parts.tags,
                template: parts.template,
                parameters: parameters,
                surroundings: surroundings,
                plan: plan
            )
        } catch {
            throw ManagementError(status: .badRequest, code: error.code, message: error.message)
        }
    }
}

extension ManagementError {
    /// What Azure has and the emulator does not: said so, instead of being passed over.
    static func notEmulated(_ subject: String) -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "NotEmulated",
            message: "The local Azure does not have \(subject); see docs/emulator.md for what it covers."
        )
    }

    static func invalidDeploymentName(_ name: String) -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "InvalidDeploymentName",
            message: "The provided deployment name '\(name)' is not valid: it has 1 to 64 letters, digits, hyphens, "
                + "underscores, periods and parentheses."
        )
    }

    /// Source: the words by public reports; the code is not known for sure.
    static func deploymentLocationRequired(_ name: String) -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "LocationRequired",
            message: "The 'location' property must be specified for '\(name)'. Please see "
                + "https://aka.ms/deploy-to-subscription for usage details."
        )
    }
}
