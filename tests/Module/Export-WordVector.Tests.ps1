#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    $homeBefore = $env:ONNXDEEP_HOME
    $env:ONNXDEEP_HOME = Join-Path $TestDrive home
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $by = 'OnnxDeep.PowerShell.Words.ExportWordVectorCommand'
    Set-Content "$TestDrive/v.txt" 'salad 0.1 -2e-05 3', 'ice cream 4.5 5 6.25'
    $null = Import-WordVector "$TestDrive/v.txt" small

    # 200 words with random bits that are finite floats of ordinary size.
    $random = [Random]::new(3)
    $words = 0..199 | ForEach-Object { "wörd$_" }
    $lines = foreach ($word in $words) {
        $numbers = 1..7 | ForEach-Object {
            $bits = $random.Next(0x2F000000, 0x4F000000) -bxor ($random.Next(2) -shl 31)
            [BitConverter]::Int32BitsToSingle($bits).ToString('R', [cultureinfo]::InvariantCulture)
        }
        "$word $numbers"
    }
    Set-Content "$TestDrive/many.txt" $lines
    $null = Import-WordVector "$TestDrive/many.txt" many
}

AfterAll {
    $env:ONNXDEEP_HOME = $homeBefore
}

Describe 'Export-WordVector' {
    It 'writes <Format> that Import-WordVector reads back number for number' -ForEach @(
        @{ Format = 'Word2VecText'; Files = 1 }
        @{ Format = 'GloVe'; Files = 1 }
        @{ Format = 'SafeTensors'; Files = 1 }
        @{ Format = 'Npy'; Files = 2 }
    ) {
        $written = Export-WordVector "$TestDrive/$Format.out" small -Format $Format -WarningAction SilentlyContinue
        $null = Import-WordVector "$TestDrive/$Format.out" $Format

        $written | Should -HaveCount $Files
        @($written)[0] | Should -BeOfType [IO.FileInfo]
        foreach ($word in 'salad', 'ice cream') {
            (Get-WordVector $word -Vectors $Format).Vector | Should -Be (Get-WordVector $word -Vectors small).Vector
        }

        $null = Export-WordVector "$TestDrive/many $Format.out" many -Format $Format
        $null = Import-WordVector "$TestDrive/many $Format.out" "many $Format"
        $numbers = ($words | Get-WordVector -Vectors many).Vector
        $numbers | Should -HaveCount 1400
        ($words | Get-WordVector -Vectors "many $Format").Vector | Should -Be $numbers
    }

    It 'writes underscores for blanks unless -KeepBlank keeps them' {
        $null = Export-WordVector "$TestDrive/o.txt" small -WarningVariable warnings -WarningAction SilentlyContinue
        Get-Content "$TestDrive/o.txt" | Should -BeExactly '2 3', 'salad 0.1 -2E-05 3', 'ice_cream 4.5 5 6.25'
        $warnings | Should -Match 'underscores'

        $null = Export-WordVector "$TestDrive/o.txt" small -KeepBlank -Format GloVe
        Get-Content "$TestDrive/o.txt" | Should -BeExactly 'salad 0.1 -2E-05 3', 'ice cream 4.5 5 6.25'
    }

    It 'leaves out a word whose underscores make it another' {
        Set-Content "$TestDrive/twice.txt" 'a 1.5 2.5', 'ice cream 3.5 4.5', 'new york 5.5 6.5', 'new_york 7.5 8.5'
        $null = Import-WordVector "$TestDrive/twice.txt" twice

        $null = Export-WordVector "$TestDrive/o.txt" twice -WarningVariable warnings -WarningAction SilentlyContinue
        Get-Content "$TestDrive/o.txt" | Should -BeExactly '3 2', 'a 1.5 2.5', 'ice_cream 3.5 4.5', 'new_york 7.5 8.5'
        $warnings | Should -HaveCount 2

        $null = Export-WordVector "$TestDrive/o.txt" twice -KeepBlank -Format GloVe
        Get-Content "$TestDrive/o.txt" | Should -BeExactly (Get-Content "$TestDrive/twice.txt")
    }

    It 'writes words of the module''s own table that other programs can read' {
        $null = Export-WordVector "$TestDrive/shipped.txt" -Limit 500
        $first, $others = Get-Content "$TestDrive/shipped.txt"

        $first | Should -BeExactly '500 300'
        $others | Should -HaveCount 500
        $others | Where-Object { $_.Split(' ').Count -ne 301 } | Should -BeNullOrEmpty
    }

    It 'takes the table from the pipeline and the most common words with -Limit' {
        $null = Get-WordVectorTable small | Export-WordVector "$TestDrive/limited.txt" -Limit 1

        (Get-Content "$TestDrive/limited.txt")[0] | Should -BeExactly '1 3'
    }

    It 'writes nothing with -WhatIf' {
        Set-Content "$TestDrive/mine.txt" mine
        Export-WordVector "$TestDrive/mine.txt" -WhatIf | Should -BeNullOrEmpty
        Export-WordVector "$TestDrive/none.txt" -WhatIf | Should -BeNullOrEmpty

        Get-Content "$TestDrive/mine.txt" | Should -BeExactly mine
        "$TestDrive/none.txt" | Should -Not -Exist
    }

    It '<Id> ends the command' -ForEach @(
        @{ Id = 'FileExists'; Script = { Export-WordVector "$TestDrive/mine.txt" -NoClobber } }
        @{ Id = 'VectorsNotFound'; Script = { Export-WordVector "$TestDrive/x.txt" nosuch } }
        @{ Id = 'OutputNotWritable'; Script = { Export-WordVector "$TestDrive/v.txt/below" } }
    ) {
        Set-Content "$TestDrive/mine.txt" mine

        (Get-Failure $Script).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        Get-Content "$TestDrive/mine.txt" | Should -BeExactly mine
        "$TestDrive/x.txt" | Should -Not -Exist
    }

    It 'does not overwrite a file that appears after the command has begun with -NoClobber' {
        $path = "$TestDrive/race.txt"
        $failure = Get-Failure {
            & { Set-Content $path other; Get-WordVectorTable small } | Export-WordVector $path -NoClobber }

        $failure.FullyQualifiedErrorId | Should -BeExactly "FileExists,$by"
        $failure.CategoryInfo.Category | Should -BeExactly ResourceExists
        $failure.Exception.Message | Should -BeLike "*'$([WildcardPattern]::Escape($path))'*Omit -NoClobber*"
        Get-Content $path | Should -BeExactly other
    }

    It 'does not overwrite the word list of an array with -NoClobber either' {
        Set-Content "$TestDrive/list.words" mine
        $failure = Get-Failure { Export-WordVector "$TestDrive/list.npy" small -Format Npy -NoClobber }

        $failure.FullyQualifiedErrorId | Should -BeExactly "FileExists,$by"
        Get-Content "$TestDrive/list.words" | Should -BeExactly mine
        "$TestDrive/list.npy" | Should -Not -Exist
    }

    Context 'targets that are not plain files' -Skip:$IsWindows {
        BeforeAll {
            $expected = '2 3', 'salad 0.1 -2E-05 3', 'ice_cream 4.5 5 6.25'
            $null = mkfifo "$TestDrive/pipe"
        }

        It 'writes into a pipe, which stays and is not returned' {
            # The shell redirects: PowerShell may still write what it read when the program has ended.
            $reader = Start-Process sh '-c', "`"cat '$TestDrive/pipe' > '$TestDrive/read.txt'`"" -PassThru
            Export-WordVector "$TestDrive/pipe" small -WarningAction Ignore | Should -BeNullOrEmpty

            $reader.WaitForExit(60000) | Should -BeTrue
            Get-Content "$TestDrive/read.txt" | Should -BeExactly $expected
            sh -c "test -p '$TestDrive/pipe'"
            $LASTEXITCODE | Should -Be 0
        }

        It 'writes to its own standard output' {
            $program = [Environment]::GetCommandLineArgs()[0]
            $command = 'Import-Module OnnxDeep; Export-WordVector /dev/stdout small -WarningAction Ignore'
            $text = & ([Environment]::ProcessPath) $program -NoProfile -Command $command

            $text | Should -BeExactly $expected
        }

        It 'refuses an array in a pipe, because its words are in a second file' {
            (Get-Failure { Export-WordVector "$TestDrive/pipe" small -Format Npy }).FullyQualifiedErrorId |
                Should -BeExactly "OutputNotWritable,$by"
            "$TestDrive/pipe.words" | Should -Not -Exist
        }

        It 'writes the file that a link leads to' {
            Set-Content "$TestDrive/linked.txt" old
            $null = New-Item "$TestDrive/link.txt" -ItemType SymbolicLink -Target "$TestDrive/linked.txt"
            $null = Export-WordVector "$TestDrive/link.txt" small -WarningAction Ignore

            (Get-Item "$TestDrive/link.txt").LinkTarget | Should -Not -BeNullOrEmpty
            Get-Content "$TestDrive/linked.txt" | Should -BeExactly $expected
        }
    }
}
