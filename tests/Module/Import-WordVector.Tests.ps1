#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    $homeBefore = $env:ONNXDEEP_HOME
    $env:ONNXDEEP_HOME = Join-Path $TestDrive home
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Words.ImportWordVectorCommand'
    Set-Content "$TestDrive/small.txt" 'salad 1 2 3', 'laptop -1 0.5 4', 'New York 7 8 9'

    function Compress-Gzip([string] $Path) {
        $packed = [IO.Compression.GZipStream]::new(
            [IO.File]::Create("$Path.gz"), [IO.Compression.CompressionMode]::Compress)
        $packed.Write([IO.File]::ReadAllBytes($Path))
        $packed.Dispose()
        "$Path.gz"
    }
}

AfterAll {
    $env:ONNXDEEP_HOME = $homeBefore
}

Describe 'Import-WordVector' {
    It 'replaces a read-only table only with -Force' {
        $table = Import-WordVector "$TestDrive/small.txt" -Name locked
        Set-ItemProperty $table.Path IsReadOnly $true
        (Get-Failure { Import-WordVector "$TestDrive/small.txt" -Name locked }).FullyQualifiedErrorId |
            Should -BeExactly "VectorsExist,$by"
        (Import-WordVector "$TestDrive/small.txt" -Name locked -Limit 1 -Force).Keys | Should -Be 1
        Set-ItemProperty $table.Path IsReadOnly $false
        Remove-WordVectorTable locked
    }

    It 'makes a table that is listed and used by its name' {
        $table = Import-WordVector "$TestDrive/small.txt" -Name mine

        $table.PSObject.TypeNames[0] | Should -BeExactly 'OnnxDeep.WordVectorTableInfo'
        $table.Keys, $table.Rows, $table.Dimensions | Should -Be 3, 3, 3
        $table.Source | Should -BeExactly 'small.txt (GloVe text)'
        $table.Duplicates, $table.Skipped | Should -Be 0, 0
        [string] $table.Type | Should -BeExactly Float32
        $table.Sha256 | Should -MatchExactly '^[0-9a-f]{64}$'
        Get-WordVectorTable mine | Should -Be $table
        $table.Path | Should -BeExactly (Join-Path $env:ONNXDEEP_HOME vectors mine.safetensors)
        (Get-WordVector LAPTOP -Vectors mine).Vector | Should -Be -1, 0.5, 4
        (Get-WordVector 'new york' -Vectors mine -WarningAction Ignore).IsKnown | Should -BeFalse
        (Get-WordVector 'New York' -Vectors mine).IsKnown | Should -BeTrue
        Set-Content "$TestDrive/joined.txt" 'ice_cream 2 2 2'
        $null = Import-WordVector "$TestDrive/joined.txt"
        (Get-WordVector 'ice cream' -Vectors joined).IsKnown | Should -BeTrue
        (Measure-WordSimilarity salad laptop -Vectors mine).Similarity | Should -BeGreaterThan 0.7
        (Find-SimilarWord salad -Vectors mine -Top 1).Word | Should -BeExactly 'New York'
    }

    It 'takes sources by <How>' -ForEach @(
        @{ How = 'position'; Script = { Import-WordVector $args[0] } }
        @{ How = '-Path'; Script = { Import-WordVector -Path $args[0] } }
        @{ How = 'a pattern'; Script = { Import-WordVector -Path "$($args[0].Substring(0, $args[0].Length - 2))*" } }
        @{ How = '-LiteralPath'; Script = { Import-WordVector -LiteralPath $args[0] } }
        @{ How = 'the pipeline'; Script = { $args[0] | Import-WordVector } }
        @{ How = 'Get-Item'; Script = { Get-Item $args[0] | Import-WordVector } }
        @{ How = 'Get-ChildItem'; Script = { Get-ChildItem $args[0] | Import-WordVector } }
    ) {
        $name = 'by ' + ($How -replace '\W')
        Copy-Item "$TestDrive/small.txt" "$TestDrive/$name.txt"

        (& $Script "$TestDrive/$name.txt").Name | Should -BeExactly $name
    }

    It 'resolves paths against the location' {
        Push-Location $TestDrive
        try {
            (Import-WordVector ./small.txt located).Keys | Should -Be 3
        }
        finally {
            Pop-Location
        }
    }

    It 'reads what gzip has packed' {
        $packed = Compress-Gzip "$TestDrive/small.txt"

        (Import-WordVector $packed -Force).Name | Should -BeExactly small
    }

    It 'reads one file of a zip archive' {
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        $folder = New-Item "$TestDrive/zip" -ItemType Directory
        Copy-Item "$TestDrive/small.txt" "$folder/a.txt"
        Set-Content "$folder/b.txt" 'river 1 2'
        [IO.Compression.ZipFile]::CreateFromDirectory($folder, "$TestDrive/two.zip")

        Import-WordVector "$TestDrive/two.zip" @silent
        $problems.FullyQualifiedErrorId | Should -BeExactly "VectorsAmbiguous,$by"
        (Import-WordVector "$TestDrive/two.zip" -Entry b.txt).Keys | Should -Be 1
    }

    It 'reads a NumPy array with its list of words' {
        Export-WordVector "$TestDrive/array.npy" -Format Npy -Limit 10
        Move-Item "$TestDrive/array.words" "$TestDrive/names.list"

        Import-WordVector "$TestDrive/array.npy" @silent
        $problems.FullyQualifiedErrorId | Should -BeExactly "WordListMismatch,$by"
        (Import-WordVector "$TestDrive/array.npy" -WordList "$TestDrive/names.list").Keys | Should -Be 10
    }

    It 'stores numbers as -Quantize <_> says' -ForEach 'None', 'Float16', 'Int8' {
        $table = Import-WordVector "$TestDrive/small.txt" "quantized $_" -Quantize $_

        [string] $table.Type | Should -Be ($_ -replace 'None', 'Float32')
        (Get-WordVector salad -Vectors $table.Name).Vector[2] | Should -Be 3
    }

    It 'takes the first words with -Limit' {
        (Import-WordVector "$TestDrive/small.txt" limited -Limit 2).Keys | Should -Be 2
    }

    It 'reads words of another code page with -Encoding <_>' -ForEach 'windows-1252', 'Windows-1252', '1252', 1252 {
        # 0x9C is œ only in this code page.
        $bytes = [Text.Encoding]::Latin1.GetBytes("2 2`ncaf$([char] 0xE9) 1 2`n$([char] 0x9C)uf 3 4`n")
        [IO.File]::WriteAllBytes("$TestDrive/latin.txt", $bytes)

        Import-WordVector "$TestDrive/latin.txt" -Force @silent
        $problems.FullyQualifiedErrorId | Should -BeExactly "VectorsEncodingWrong,$by"
        $problems | Should -Match '-Encoding'
        $null = Import-WordVector "$TestDrive/latin.txt" -Encoding $_ -Force
        (Get-WordVector "caf$([char] 0xE9)", "$([char] 0x153)uf" -Vectors latin).IsKnown | Should -Be $true, $true
    }

    It 'refuses an encoding that there is not' {
        (Get-Failure { Import-WordVector "$TestDrive/small.txt" -Encoding klingon }).FullyQualifiedErrorId |
            Should -BeExactly "ParameterArgumentTransformationError,$by"
    }

    It 'counts what it leaves out, and lists it with -Verbose' {
        [IO.File]::WriteAllText("$TestDrive/ragged.txt", "2 2`na 1 2`na 3 4`nb 1`nc inf 2`nd 1 2`n")

        $table, $verbose = (Import-WordVector "$TestDrive/ragged.txt" -Verbose -WarningVariable warnings `
                -WarningAction SilentlyContinue @silent 4>&1).Where(
            { $_ -isnot [Management.Automation.VerboseRecord] }, 'Split')

        $problems.FullyQualifiedErrorId | Should -BeExactly "VectorsNotFinite,$by"
        $table.Duplicates, $table.Skipped | Should -Be 1, 2
        $warnings | Should -HaveCount 4
        $verbose -join "`n" | Should -BeLikeExactly "*Line 4, byte 16: 'b' has 1 number, not 2*"
    }

    It 'skips words that are not text, counts, names and lists them' {
        [IO.File]::WriteAllBytes("$TestDrive/cut.txt", [Text.Encoding]::Latin1.GetBytes(
                "tea 1 2`ncaf$([char] 0xC3) 3 4`nmilk`0 5 6`n"))

        $table = Import-WordVector "$TestDrive/cut.txt" -WarningVariable warnings -WarningAction SilentlyContinue

        $table.Keys, $table.Skipped | Should -Be 1, 2
        $table.SkippedWords.Line | Should -Be 2, 3
        $table.InvalidWords.Problem | Should -BeExactly 'is not utf-8 text (63 61 66 C3)',
            'contains a NUL or invalid character'
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLikeExactly "2 words of '*cut.txt' are not valid text and were skipped*"
        "$warnings" | Should -BeLikeExactly "*('caf*' in line 2, 'milk*' in line 3)*"
        "$warnings" | Should -BeLikeExactly '*-Encoding. Use -Verbose to list what was skipped.'
    }

    It 'replaces what is not text with -InvalidWord Replace' {
        [IO.File]::WriteAllBytes("$TestDrive/cut.txt", [Text.Encoding]::Latin1.GetBytes(
                "tea 1 2`ncaf$([char] 0xC3) 3 4`n"))

        $table, $verbose = (Import-WordVector "$TestDrive/cut.txt" replaced -InvalidWord Replace -Verbose `
                -WarningVariable warnings -WarningAction SilentlyContinue 4>&1).Where(
            { $_ -isnot [Management.Automation.VerboseRecord] }, 'Split')

        $table.Keys, $table.Skipped | Should -Be 2, 0
        $table.InvalidWords | Should -HaveCount 1
        $table.SkippedWords | Should -BeNullOrEmpty
        (Find-SimilarWord tea -Vectors replaced -Top 1).Word | Should -BeExactly "caf$([char] 0xFFFD)"
        "$warnings" | Should -BeLikeExactly "1 word of '*cut.txt' is not valid text and was imported with U+FFFD*"
        $verbose -join "`n" | Should -BeLikeExactly '*Replaced: Line 2, byte 8*'
    }

    It 'stops at <What> with -InvalidWord Stop' -ForEach @(
        @{ What = 'a word that is not text'; Text = "tea 1 2`ncaf$([char] 0xC3) 3 4`n"; Id = 'VectorsEncodingWrong' }
        @{ What = 'a NUL character'; Text = "tea 1 2`nmilk`0 3 4`n"; Id = 'VectorsDamaged' }
        @{ What = 'a short line'; Text = "tea 1 2`nmilk 3`nrice 1 2`n"; Id = 'VectorsDamaged' }
    ) {
        [IO.File]::WriteAllBytes("$TestDrive/stopped.txt", [Text.Encoding]::Latin1.GetBytes($Text))

        (Get-Failure { Import-WordVector "$TestDrive/stopped.txt" -InvalidWord Stop }).FullyQualifiedErrorId |
            Should -BeExactly "$Id,$by"
        "$env:ONNXDEEP_HOME/vectors/stopped.safetensors" | Should -Not -Exist
    }

    It 'reads gzip of several members' {
        Set-Content "$TestDrive/first.txt" 'salad 1 2'
        Set-Content "$TestDrive/second.txt" 'laptop 3 4'
        $bytes = [IO.File]::ReadAllBytes((Compress-Gzip "$TestDrive/first.txt")) +
            [IO.File]::ReadAllBytes((Compress-Gzip "$TestDrive/second.txt"))
        [IO.File]::WriteAllBytes("$TestDrive/members.txt.gz", $bytes)

        (Import-WordVector "$TestDrive/members.txt.gz").Keys | Should -Be 2
    }

    It 'tells how many bytes follow the vectors' {
        $bytes = [Text.Encoding]::ASCII.GetBytes("1 1`ntea ") + [BitConverter]::GetBytes([float] 1.5) +
            [Text.Encoding]::ASCII.GetBytes('milk')
        [IO.File]::WriteAllBytes("$TestDrive/more.bin", $bytes)

        $table = Import-WordVector "$TestDrive/more.bin" -WarningVariable warnings -WarningAction SilentlyContinue

        $table.Keys | Should -Be 1
        "$warnings" | Should -BeLikeExactly "4 bytes of '*more.bin' follow the vectors that its header declares*"
    }

    It '<Id> is an error of its own and the other files are imported' -ForEach @(
        @{ Id = 'VectorsFormatUnknown'; Text = 'no numbers here' }
        @{ Id = 'VectorsFormatUnknown'; Text = '' }
        @{ Id = 'VectorsDamaged'; Text = '9 2', 'a 1 2' }
        @{ Id = 'VectorsDamaged'; Text = "2 2`nsalad 1,5 2`nriver 1,5 2`n" }
        @{ Id = 'VectorsNotFinite'; Text = 'a nan 2' }
        @{ Id = 'VectorsNeedPickle'; Text = [char] 0x80 + [char] 4 + 'x' }
        @{ Id = 'FileNotFound'; Text = $null }
    ) {
        Remove-Item "$TestDrive/bad.txt" -ErrorAction Ignore
        if ($null -ne $Text) {
            [IO.File]::WriteAllBytes("$TestDrive/bad.txt", [Text.Encoding]::Latin1.GetBytes($Text -join "`n"))
        }

        $table = Import-WordVector "$TestDrive/bad.txt", "$TestDrive/small.txt" -Force @silent

        $problems.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        $problems | Should -Match 'bad\.txt'
        $table.Name | Should -BeExactly small
        Get-ChildItem "$env:ONNXDEEP_HOME/vectors/bad*" | Should -BeNullOrEmpty
    }

    It 'refuses the name <_>' -ForEach '../evil', 'a/b', ' x', 'x.', 'a*', '..' {
        (Get-Failure { Import-WordVector "$TestDrive/small.txt" -Name $_ }).FullyQualifiedErrorId |
            Should -BeExactly "VectorsNameInvalid,$by"
    }

    It 'replaces a table with -Force only' {
        $null = Import-WordVector "$TestDrive/small.txt" twice
        foreach ($name in 'twice', 'TWICE') {
            (Get-Failure { Import-WordVector "$TestDrive/small.txt" $name -Limit 1 }).FullyQualifiedErrorId |
                Should -BeExactly "VectorsExist,$by"
        }
        (Get-WordVectorTable twice).Keys | Should -Be 3

        (Import-WordVector "$TestDrive/small.txt" twice -Force -Limit 1).Keys | Should -Be 1
    }

    It 'never replaces the module''s own table' {
        (Get-Failure { Import-WordVector "$TestDrive/small.txt" wordnet-300d -Force }).FullyQualifiedErrorId |
            Should -BeExactly "VectorsShipped,$by"
    }

    It 'makes a table that a model of other vectors refuses unless -Force is given' {
        $null = Export-WordVector "$TestDrive/other.safetensors" -Format SafeTensors -Limit 2000
        $null = Import-WordVector "$TestDrive/other.safetensors" other

        $failure = Get-Failure { Test-FoodWord salad -Vectors other }
        $failure.FullyQualifiedErrorId |
            Should -BeExactly 'VectorsMismatch,OnnxDeep.PowerShell.Words.TestFoodWordCommand'
        "$failure" | Should -BeLikeExactly "*'wordnet-300d'*"
        "$failure" | Should -BeLikeExactly "*'other'*"
        (Test-FoodWord water -Vectors other -Force).IsKnown | Should -BeTrue
    }

    It 'does nothing with -WhatIf' {
        Import-WordVector "$TestDrive/small.txt" whatif -WhatIf | Should -BeNullOrEmpty

        Join-Path $env:ONNXDEEP_HOME vectors whatif.safetensors | Should -Not -Exist
    }
}
