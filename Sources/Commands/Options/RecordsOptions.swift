import ArgumentParser

/// Where the records are that the catalog container does not take.
struct RecordsOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of the records that the catalog container does not take.",
            discussion: "$XDG_STATE_HOME/apim-backup/records/ACCOUNT by default, else below ~/.local/state.",
            valueName: "folder"
        )
    )
    var records: String?
}
