#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    $homeBefore = $env:ONNXDEEP_HOME
    $env:ONNXDEEP_HOME = Join-Path $TestDrive home
    Import-Module OnnxDeep
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Words.RemoveWordVectorTableCommand'
    Set-Content "$TestDrive/v.txt" 'salad 1 2 3'
}

AfterAll {
    $env:ONNXDEEP_HOME = $homeBefore
}

Describe 'Remove-WordVectorTable' {
    BeforeEach {
        $null = Import-WordVector "$TestDrive/v.txt" word-a -Force
        $null = Import-WordVector "$TestDrive/v.txt" word-b -Force
    }

    It 'removes <Left> tables by <How>' -ForEach @(
        @{ How = 'name'; Script = { Remove-WordVectorTable word-a }; Left = 1 }
        @{ How = 'pattern'; Script = { Remove-WordVectorTable word-* }; Left = 0 }
        @{ How = 'the pipeline'; Script = { Get-WordVectorTable word-* | Remove-WordVectorTable }; Left = 0 }
        @{ How = '-WhatIf'; Script = { Remove-WordVectorTable word-* -WhatIf }; Left = 2 }
    ) {
        & $Script

        @(Get-WordVectorTable word-*) | Should -HaveCount $Left
    }

    It 'removes a table that is in use' {
        $null = Get-WordVector salad -Vectors word-a
        Remove-WordVectorTable word-a

        @(Get-WordVectorTable word-*).Name | Should -BeExactly word-b
    }

    It 'never removes the module''s own' {
        Remove-WordVectorTable wordnet-300d @silent
        $problems.FullyQualifiedErrorId | Should -BeExactly "VectorsShipped,$by"

        Remove-WordVectorTable word*
        (Get-WordVectorTable).Name | Should -BeExactly wordnet-300d
    }

    It 'reports a name without a table' {
        Remove-WordVectorTable nosuch @silent

        $problems.FullyQualifiedErrorId | Should -BeExactly "VectorsNotFound,$by"
    }
}
