import EmulatorDeployments
import EmulatorRuntime
import Foundation

extension DeploymentSurroundings {
    /// What a template that is deployed to a place sees there now.
    ///
    /// Source: "Deployment functions for ARM templates", "Scope functions for ARM templates".
    init(
        _ place: DeploymentPlace,
        deployment name: String,
        location: String?,
        template: JSON,
        caller: Principal,
        environment: JSON,
        in state: CloudState
    ) {
        let subscription = state.world.subscriptions.first {
            $0.id.caseInsensitiveCompare(place.subscriptionID) == .orderedSame
        }
        var deployment: JSON = [
            "name": .string(name),
            "properties": [
                "template": [
                    "$schema": template.member("$schema") ?? .null,
                    "contentVersion": template.member("contentVersion") ?? .null,
                ], "mode": "Incremental", "provisioningState": "Accepted",
            ],
        ]
        if let location { deployment["location"] = .string(location) }
        self.init(
            place: place,
            subscription: [
                "id": .string("/subscriptions/\(place.subscriptionID)"),
                "subscriptionId": .string(place.subscriptionID),
                "tenantId": .string(state.world.tenantID), "displayName": .string(subscription?.name ?? ""),
            ],
            group: state.group(of: place).map(ResourceGroupView.json),
            tenant: [
                "id": .string("/tenants/\(state.world.tenantID)"), "tenantId": .string(state.world.tenantID),
                "countryCode": "DE", "displayName": "Contoso",
            ],
            environment: environment,
            deployment: deployment,
            deployer: ["objectId": .string(caller.objectID), "tenantId": .string(caller.tenantID)]
        )
    }
}

extension CloudState {
    /// The resource group of a place; nil for a subscription, and where there is none.
    func group(of place: DeploymentPlace) -> ResourceGroup? {
        place.groupName.flatMap { self.resourceGroups[.group($0, in: place.subscriptionID)] }
    }
}
