import BackupDomain

/// Whether the account is lost together with the instance's region.
///
/// Source: <https://learn.microsoft.com/azure/storage/common/storage-redundancy>
enum RegionCheck: DoctorCheck {
    static let name = CheckName.region
    static let telling = CheckTelling.warnings

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(examination.account, of: "storage account") { account in
            guard let instance = examination.instance.value else {
                return self.notChecked("There is no instance whose region one could compare.")
            }
            let region = account["location"]?.string ?? ""
            let sku = account["sku"]?["name"]?.string ?? ""
            let isCopied = sku.uppercased().contains("GRS") || sku.uppercased().contains("GZRS")
            let isSame = Self.short(region) == Self.short(instance.location)
            let place = "\(sku) in \(region), the instance in \(instance.location)"
            if isCopied || !isSame { return self.ok(place) }
            let zone = sku.uppercased().contains("ZRS") ? "Standard_GZRS" : "Standard_GRS"
            return self.warning(
                "\(place): whoever loses the region loses the instance and its backups together.",
                "az storage account update --name \(examination.subject.account) --sku \(zone)"
            )
        }
    }

    /// A region's name as either side writes it: `West Europe` and `westeurope`.
    private static func short(_ region: String) -> String { region.lowercased().filter { $0 != " " } }
}
