#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    $homeBefore = $env:ONNXDEEP_HOME
    $env:ONNXDEEP_HOME = Join-Path $TestDrive home
    Import-Module OnnxDeep
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Words.GetWordVectorTableCommand'
    Set-Content "$TestDrive/b.txt" 'salad 1 2 3'
    $null = Import-WordVector "$TestDrive/b.txt"
}

AfterAll {
    $env:ONNXDEEP_HOME = $homeBefore
}

Describe 'Get-WordVectorTable' {
    It 'lists the module''s tables and the user''s' {
        (Get-WordVectorTable).Name | Should -BeExactly b, wordnet-300d
    }

    It 'returns all properties of a table' {
        $table = Get-WordVectorTable wordnet-300d

        $table.Keys | Should -BeGreaterThan 60000
        $table.Rows | Should -BeLessThan $table.Keys
        $table.Dimensions | Should -Be 300
        [string] $table.Type | Should -BeExactly Int8
        $table.Size | Should -Be (Get-Item $table.Path).Length
        $table.Source | Should -Match 'WordNet'
        $table.Sha256 | Should -Match '^[0-9a-f]{64}$'
    }

    It 'takes names by <How>' -ForEach @(
        @{ How = 'position'; Script = { Get-WordVectorTable b } }
        @{ How = 'pattern'; Script = { Get-WordVectorTable 'B*' } }
        @{ How = 'the pipeline'; Script = { 'b' | Get-WordVectorTable } }
        @{ How = 'a property Name'; Script = { [pscustomobject]@{ Name = 'b' } | Get-WordVectorTable } }
    ) {
        (& $Script).Name | Should -BeExactly b
    }

    It 'reports a name without a table, and no pattern without one' {
        Get-WordVectorTable nosuch, b @silent | Should -HaveCount 1
        $problems.FullyQualifiedErrorId | Should -BeExactly "VectorsNotFound,$by"
        Get-WordVectorTable nosuch* | Should -BeNullOrEmpty
        Get-WordVectorTable 'nosuch[1' @silent | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeExactly "VectorsNotFound,$by"
    }

    It 'compares the content of tables with their digests on request' {
        $copy = "$env:ONNXDEEP_HOME/vectors/copy.safetensors"
        $bytes = [IO.File]::ReadAllBytes((Get-WordVectorTable b).Path)
        $bytes[-1] = $bytes[-1] -bxor 1
        [IO.File]::WriteAllBytes($copy, $bytes)
        try {
            $tables = Get-WordVectorTable copy, b, wordnet-300d -Verify @silent
            (Get-WordVectorTable copy).IsVerified | Should -BeFalse
        }
        finally {
            Remove-Item $copy
        }

        $problems.FullyQualifiedErrorId | Should -BeExactly "DigestMismatch,$by"
        $problems[0].Exception.Message | Should -BeLikeExactly "*'$($copy.Replace('/', '?'))'*SHA-256*"
        $problems[0].TargetObject | Should -BeExactly copy
        $tables.Name | Should -BeExactly b, wordnet-300d
        $tables.IsVerified | Should -Be $true, $true
    }

    It 'does not say that a table without a digest is verified' {
        $copy = "$env:ONNXDEEP_HOME/vectors/copy.safetensors"
        $text = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes((Get-WordVectorTable b).Path))
        [IO.File]::WriteAllBytes(
            $copy, [Text.Encoding]::Latin1.GetBytes($text.Replace('content_sha256', 'content_sha000')))
        try {
            Get-WordVectorTable copy -Verify @silent | Should -BeNullOrEmpty
        }
        finally {
            Remove-Item $copy
        }

        $problems.FullyQualifiedErrorId | Should -BeExactly "DigestMissing,$by"
        $problems[0].Exception.Message | Should -BeLikeExactly '*has no digest*'
    }

    It 'reports a damaged table and lists the others' {
        Set-Content "$env:ONNXDEEP_HOME/vectors/broken.safetensors" 'no table'
        try {
            (Get-WordVectorTable broken, wordnet* @silent).Name | Should -BeExactly wordnet-300d
        }
        finally {
            Remove-Item "$env:ONNXDEEP_HOME/vectors/broken.safetensors"
        }

        $problems.FullyQualifiedErrorId | Should -BeExactly "VectorsDamaged,$by"
    }

    It 'completes names' {
        (TabExpansion2 'Get-WordVectorTable word').CompletionMatches.CompletionText | Should -BeExactly wordnet-300d
        (TabExpansion2 'Get-WordVector x -Vectors b').CompletionMatches.CompletionText | Should -Contain b
    }
}
