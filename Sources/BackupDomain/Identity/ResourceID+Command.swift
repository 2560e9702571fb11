extension ResourceID {
    /// The command of Azure's CLI that shows an instance; those of its group `apim` take names, and no resource id.
    package var showCommand: String {
        "az apim show --name \(self.name) --resource-group '\(self.resourceGroup)' --subscription \(self.subscription)"
    }
}
