/// What somebody else puts into the container of backups, by its name.
enum StrangersBlob: String, Sendable, CaseIterable {
    /// A Logic App's backup of the instance.
    case logicApp
    /// A person's backup of the instance, named with a word of his own.
    case byHand
    /// A backup of another instance, whose name begins with ours.
    case otherInstance
    /// Something that is no backup, named with signs that URLs and XML escape.
    case note

    /// The blob's name.
    ///
    /// - Parameter now: The present in milliseconds since 1970.
    /// - Returns: The name.
    func name(at now: Int64) -> String {
        let time = WireDate.story(now).prefix(19).replacing(" ", with: "T")
        return switch self {
        case .logicApp: "contoso-apim \(time)Z"
        case .byHand: "Contoso-APIM_\(time) by hand, 100%.apimbackup"
        case .otherInstance: "contoso-apim-eu-\(time).apimbackup"
        case .note: "notes & <drafts> of \(time)+02:00.txt"
        }
    }

    /// Whether it is a backup of the instance.
    var isBackup: Bool { self == .logicApp || self == .byHand }
}
